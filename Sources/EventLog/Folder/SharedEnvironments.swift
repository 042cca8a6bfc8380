import LMDB
import Synchronization

/// The environments that this process has open: LMDB allows each only once in a process, but a writer and any number
/// of readers want it.
enum SharedEnvironments {
    private struct Weak {
        weak var environment: Environment?
    }
    private static let open = Mutex<[String: Weak]>([:])

    /// The environment at the path: the one that is open in this process, else newly opened.
    ///
    /// Throws when it is open for reading only and is wanted for writing: open the writer before its readers.
    static func open(
        _ path: String, _ format: EnvironmentFormat, tables: [String], access: Environment.Access
    ) throws(LogError) -> Environment {
        let result = open.withLock { open -> Result<Environment, LogError> in
            if let environment = open[path]?.environment {
                if environment.access == .readOnly && access == .readWrite {
                    return .failure(.folder("\(path) is open for reading in this process: open the writer first"))
                }
                return .success(environment)
            }
            do throws(LMDBError) {
                let environment = try Environment(at: path, format: format, tables: tables, access: access)
                open = open.filter { $0.value.environment != nil }
                open[path] = Weak(environment: environment)
                return .success(environment)
            } catch {
                return .failure(.storage(error))
            }
        }
        return try result.get()
    }

    /// Closes the environment at the path, if it is open.
    static func close(_ path: String) {
        open.withLock { $0.removeValue(forKey: path)?.environment?.close() }
    }
}
