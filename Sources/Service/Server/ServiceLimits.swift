/// What the service lets callers have at most; each can be configured.
struct ServiceLimits: Sendable, Equatable {
    /// Connections at once, in all and from one address.
    var connections = 1_024
    var connectionsPerAddress = 256
    /// Seconds until the first request of a connection must have come with all its headers.
    var headerSeconds = 10
    /// Seconds that a connection may lie idle between requests.
    var idleSeconds = 75
    /// In each span of so many seconds a body must come at ``bodyBytesPerSecond`` on average.
    var bodySeconds = 15
    var bodyBytesPerSecond = 1_024
    /// Seconds that a client may leave an answer unread.
    var stallSeconds = 30
    /// Bytes of headers.
    var headerByteCount = 32 * 1_024
    /// Bytes of a body that is read whole; lines have no limit.
    var bodyByteCount = 8 << 20
    /// Events of a body that is read whole.
    var bodyEvents = 10_000
    /// Bytes that are collected of bodies that are read whole, of all together.
    var collectedByteCount = 128 << 20
    /// Bytes of events that wait for the disk at once.
    var waitingByteCount = 64 << 20
    /// Queries that are answered at once, and that wait for it.
    var queries = 4
    var waitingQueries = 64
    /// Lists that are paged through at once, how many seconds each is kept unread, and their bytes on disk.
    var lists = 64
    var listSeconds = 600
    var listByteCount = 4 << 30
    /// Event streams at once.
    var streams = 256
}
