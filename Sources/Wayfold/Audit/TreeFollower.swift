public import EventLog
import Synchronization

/// Keeps the folder `tree` up from whatever thread, one call at a time.
public final class TreeFollower: Sendable {
    private let folder: DataFolder
    private let seat = Mutex(Seat())

    private struct Seat: @unchecked Sendable {
        var writer: TreeWriter?
    }

    /// Nothing is opened yet.
    public init(folder: DataFolder) { self.folder = folder }

    /// Goes on to what is committed now; see ``TreeWriter/follow(progress:)``.
    public func follow() throws {
        try seat.withLock { seat in
            let writer = try seat.writer ?? TreeWriter(folder: folder)
            seat.writer = writer
            try writer.follow()
        }
    }
}
