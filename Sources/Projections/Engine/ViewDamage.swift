import LMDB

/// Views are disposable: a generation that cannot be read counts as one that is not there.
enum ViewDamage {
    /// Runs `body`; nil where it finds the files of a view damaged. Throws every other error: those of the log, of the
    /// disk and of the folds say nothing about the view.
    static func orNil<R>(_ body: () throws -> R?) throws -> R? {
        do { return try body() } catch  where isMeant(by: error) { return nil }
    }

    /// Whether an error says that the files of a generation are not what was written.
    static func isMeant(by error: any Error) -> Bool {
        switch error {
        case is StateError: true
        // The log's own errors from LMDB come as `LogError`.
        case let error as LMDBError: error.saysDamage
        default: false
        }
    }
}
