/// How long a connection is waited for: decided here, acted on by ``ConnectionGuard``.
///
/// Only time in which the service waits for the client counts, never time in which the client waits for the service.
struct Patience {
    enum Phase: Equatable {
        /// No request has begun: the first since the connection was opened, a later one since the answer before.
        case waiting(isFirst: Bool)
        /// A body is under way.
        case reading
        /// A request is whole, its answer is not.
        case answering
    }

    private let limits: ServiceLimits
    private(set) var phase = Phase.waiting(isFirst: true)
    /// Seconds in this phase in which the client was waited for.
    private var waited = 0.0
    private var bodyByteCount = 0
    /// Seconds for which the client has left what was written unread.
    private var stalled = 0.0

    init(_ limits: ServiceLimits) { self.limits = limits }

    mutating func began(_ phase: Phase) {
        self.phase = phase
        waited = 0
        bodyByteCount = 0
    }

    mutating func received(bodyBytes: Int) { bodyByteCount += bodyBytes }

    /// Lets time pass; whether patience has come to an end.
    ///
    /// - Parameters:
    ///   - isReading: whether the service is ready for more of what the client sends.
    ///   - isWritable: whether the client takes what is written.
    mutating func pass(seconds: Double, isReading: Bool, isWritable: Bool) -> Bool {
        stalled = isWritable ? 0 : stalled + seconds
        if stalled > Double(limits.stallSeconds) { return true }
        switch phase {
        case .waiting(let isFirst):
            waited += seconds
            return waited > Double(isFirst ? limits.headerSeconds : limits.idleSeconds)
        case .reading:
            if isReading { waited += seconds }
            guard waited > Double(limits.bodySeconds) else { return false }
            let isSlow = Double(bodyByteCount) < waited * Double(limits.bodyBytesPerSecond)
            (waited, bodyByteCount) = (0, 0)
            return isSlow
        case .answering: return false
        }
    }
}
