import Digests
public import EventLog
public import Ingest
public import Policies
import Projections
public import Touchpoints

/// What decides how outside events are read: the folder's key, the schemas and the policy in force.
public struct ImportRules: Sendable {
    public let folder: DataFolder
    public let policy: Policy
    public let zone: ZoneTable
    public let schemas: SchemaRegistry

    /// Reads the rules in force from a folder's log.
    public init(folder: DataFolder) throws {
        let log = try LogReader(folder: folder)
        var history = PolicyHistory()
        try history.refresh(from: log)
        self.folder = folder
        policy = history.latest?.policy ?? .default
        zone = history.latest?.zone ?? .utc
        schemas = try SchemaRegistry(activatedIn: log)
    }

    /// What an `EventDecoder` goes by.
    public var context: EventDecoder.Context {
        let identity = policy.identity
        return EventDecoder.Context(keys: folder.hashKeys, rules: schemas) { identity.kind(ofSource: $0) }
    }
}

extension ImportRules {
    /// How a `LogWriter` is to append what was read by these rules: within the times that the policy allows, under its rules of
    /// identity, in the name of the user who runs this process.
    public var appendOptions: AppendOptions { AppendSettings().options(WritingRules(policy, zone: zone)) }
}

extension SchemaRegistry {
    /// The built-in schemas and those that a log's `schema.activated` records brought.
    public init(activatedIn log: LogReader) throws {
        self.init()
        for activation in log.activations where activation.type == .schemaActivated {
            let event = try log.event(at: activation.position)
            guard let type = event.data.text("type"), let version = event.data.integer("version"),
                let schema = event.data.text("schema")
            else { throw StateError("the schema at position \(activation.position) is not complete") }
            // By their order in the log: two that were added at once may have taken the same number.
            try activate(type: type, version: max(version, nextVersion(of: type)), json: schema)
        }
    }
}

extension DataFolder {
    /// The keys of the folder's hashes.
    public var hashKeys: HashKeys {
        guard let keys = HashKeys(secret: Array(secret.prefix(16))) else {
            preconditionFailure("a folder's secret has 32 bytes")
        }
        return keys
    }
}
