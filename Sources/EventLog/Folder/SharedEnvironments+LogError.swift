import LMDB

extension SharedEnvironments {
    /// The same, with the errors of the log.
    static func open(
        _ path: String, _ format: EnvironmentFormat, tables: [String], access: Environment.Access
    ) throws(LogError) -> Environment {
        do throws(LMDBError) {
            return try open(at: path, format: format, tables: tables, access: access)
        } catch {
            guard error.reason == .openForReading else { throw .storage(error) }
            throw .folder("\(path) is open for reading in this process: open the writer first")
        }
    }
}
