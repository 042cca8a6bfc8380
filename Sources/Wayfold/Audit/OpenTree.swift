public import EventLog
import Synchronization

/// The tree of hashes of a folder, kept open for many questions, one at a time. Holds on to no state of the log between them.
public final class OpenTree: Sendable {
    private let folder: DataFolder
    private let seat = Mutex(Seat())

    /// Beyond so many leaves in memory the files are looked at again, which another one has kept up.
    private static let unsavedLimit: UInt64 = 1 << 16

    private struct Seat: @unchecked Sendable {
        var tree: LogTree?
    }

    /// Nothing is opened yet.
    public init(folder: DataFolder) { self.folder = folder }

    /// Runs `body` with the tree at what is committed now. O(events since the last time, or that the folder `tree` lacks).
    public func read<R: Sendable>(_ body: (LogTree) throws -> R) throws -> R {
        try seat.withLock { seat in
            if let tree = seat.tree, tree.unsavedCount < Self.unsavedLimit {
                try tree.refresh()
            } else {
                seat.tree = try LogTree(folder: folder)
            }
            guard let tree = seat.tree else { preconditionFailure("the tree was opened") }
            defer { tree.rest() }
            return try body(tree)
        }
    }
}
