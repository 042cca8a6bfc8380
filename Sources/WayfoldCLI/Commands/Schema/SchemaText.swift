import EventLog
import Touchpoints
import Wayfold

/// Where schemas come from.
enum SchemaText {
    /// The schemas in force: of a folder that is not there, the built-in ones.
    static func registry(_ data: DataOption) throws -> SchemaRegistry {
        guard let folder = try data.openIfThere() else { return SchemaRegistry() }
        return try SchemaRegistry(activatedIn: LogReader(folder: folder))
    }
}
