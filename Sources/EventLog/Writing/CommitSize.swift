/// What one commit has put into the log.
public struct CommitSize: Sendable, Equatable {
    public var events: Int
    /// As they are stored, personal values included.
    public var bytes: Int
}

/// Told of each commit, on the writer's thread: to be quick.
public typealias CommitNotice = @Sendable (CommitSize) -> Void
