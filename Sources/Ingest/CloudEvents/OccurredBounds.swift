import Touchpoints

/// Which occurred times the log takes (the policy's `ingest.maxFuture` and `ingest.minTime`).
public struct OccurredBounds: Sendable, Equatable {
    /// How far ahead of now an event may be.
    public var maxFuture: Elapsed
    /// The earliest time that an event may have.
    public var minTime: Timestamp

    public init(maxFuture: Elapsed = .minutes(10), minTime: Timestamp = .epoch) {
        self.maxFuture = maxFuture
        self.minTime = minTime
    }

    /// Refuses a time that the producer sent and that lies outside; `now` is the writer's.
    public func check(_ draft: Draft, now: Timestamp) throws(Refusal) {
        if draft.flags.contains(.timeSupplied) { return }
        if draft.occurred < minTime {
            throw Refusal(field: "time", reason: "\(draft.occurred) is before \(minTime), the earliest time taken")
        }
        if draft.occurred > now + maxFuture {
            throw Refusal(field: "time", reason: "\(draft.occurred) is too far ahead of now, \(now)")
        }
    }
}
