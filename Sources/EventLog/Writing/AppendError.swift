/// Why a whole append has no verdicts.
public enum AppendError: Error, Sendable, Equatable {
    /// The commit failed: the events may be on disk or not. Reopen the log and send them again: the duplicates tell.
    case inDoubt
    /// There is no room left on the disk or in the map. Nothing was stored; the log takes appends again with room.
    case full
    /// The writer was closed, or stopped by an error before. Nothing was stored.
    case stopped
    /// The log could not be read or written. Nothing was stored, and the writer has stopped.
    case failed(LogError)
}

extension AppendError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .inDoubt: "the disk left in doubt whether the events were stored: start again and send them again"
        case .full: "there is no room left for the log: nothing was stored"
        case .stopped: "the log's writer has stopped: nothing was stored"
        case .failed(let error): "nothing was stored: \(error)"
        }
    }
}
