import Touchpoints

/// Touchpoints of one customer in fold order: all of them, or those of one session.
typealias Trace = ArraySlice<Touch>

extension JourneyGraph.Unit {
    /// The traces of a customer, cut as the fold cuts them; sessions in the order of their first touchpoints.
    ///
    /// - Parameter touches: all of the customer, in fold order.
    func traces(of touches: [Touch], by rules: SessionRules) -> [Trace] {
        guard self == .session else { return touches.isEmpty ? [] : [touches[...]] }
        var open = OpenSessions<NumberedTouch>()
        var sessions: [[NumberedTouch]] = []
        for (number, touch) in touches.enumerated() {
            _ = open.take(
                NumberedTouch(number: number, touch: touch), of: touch.type, in: touch.session, at: touch.time,
                by: rules
            ) { steps, _ in sessions.append(Array(steps)) }
        }
        open.forEach { steps, _ in sessions.append(Array(steps)) }
        sessions.sort { $0[0].number < $1[0].number }
        return sessions.map { $0.map(\.touch)[...] }
    }
}

/// A touchpoint with its place among the customer's.
private struct NumberedTouch: Equatable, Sendable, BitwiseCopyable {
    var number: Int
    var touch: Touch
}
