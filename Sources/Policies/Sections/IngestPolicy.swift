import Touchpoints

/// Which times are believed.
public struct IngestPolicy: Equatable, Sendable {
    /// How far ahead of now an event's time may be; beyond that it is refused.
    public var maxFuture: Elapsed
    /// The earliest time that an event may have.
    public var minTime: Timestamp
}
