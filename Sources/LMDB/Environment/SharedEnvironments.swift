import Glibc
import Synchronization

/// The environments that this process has open: LMDB allows each only once in a process, but a writer and any number
/// of readers want it.
public enum SharedEnvironments {
    private struct Key: Hashable {
        let path: String
        let access: Environment.Access
    }

    private struct Shared {
        weak var environment: Environment?
        /// Another file under the same name is another environment.
        let file: OpenFile?
    }

    private static let all = Mutex<[Key: Shared]>([:])

    /// The environment at the path: the one that is open in this process, else newly opened. It closes when the last who
    /// asked for it lets go.
    ///
    /// Throws `openForReading` when it is wanted for writing, and is open for reading by a process that must not write it.
    public static func open(
        at path: String, format: EnvironmentFormat, tables: [String], access: Environment.Access
    ) throws(LMDBError) -> Environment {
        try all.withLock { all throws(LMDBError) -> Environment in
            let data = path + "/data.mdb"
            let file = OpenFile.find(data)?.file
            func known(_ access: Environment.Access) -> Environment? {
                all[Key(path: path, access: access)].flatMap { $0.file == file ? $0.environment : nil }
            }
            if let environment = known(access) { return environment }
            let environment: Environment
            switch access {
            case .readOnly:
                if let writing = known(.readWrite) { return writing }
                environment = try opened { () throws(LMDBError) in
                    try Environment(at: path, format: format, tables: tables, access: access)
                }
            case .readWrite:
                if let reading = known(.readOnly) {
                    environment = try Environment(writing: reading)
                } else {
                    environment = try opened { () throws(LMDBError) in
                        try Environment(at: path, format: format, tables: tables, access: access)
                    }
                }
            }
            all = all.filter { $0.value.environment != nil }
            all[Key(path: path, access: access)] = Shared(environment: environment, file: OpenFile.find(data)?.file)
            return environment
        }
    }

    /// Another thread may have let go of the environment a moment ago, and be about to close it.
    private static func opened(_ open: () throws(LMDBError) -> Environment) throws(LMDBError) -> Environment {
        for _ in 0..<100 {
            do throws(LMDBError) { return try open() } catch {
                guard error.reason == .alreadyOpen else { throw error }
                usleep(1_000)
            }
        }
        return try open()
    }

    /// Closes the environment at the path, if it is open.
    public static func close(_ path: String) {
        all.withLock { all in
            for access in [Environment.Access.readOnly, .readWrite] {
                all.removeValue(forKey: Key(path: path, access: access))?.environment?.close()
            }
        }
    }
}
