import Projections
import Touchpoints

/// What happens in one step: its time, the rules by which it acts and, where somebody asks, its bookings.
struct Journal {
    /// When what follows is booked.
    var time = Timestamp.epoch
    private var rules: UInt32 = 0
    private(set) var bookings: [Booking] = []
    /// The points that expired in the step.
    private var expired: Int64 = 0
    private let keepsBookings: Bool

    init(keepingBookings: Bool = false) { keepsBookings = keepingBookings }

    /// Keeps bookings where somebody looks at the step.
    init(for sink: borrowing Sink) { self.init(keepingBookings: sink.explains) }

    mutating func book(_ booking: Booking) {
        note(booking.rule)
        // Each account counts them without overflow; more than 2^63 of several are as good as all.
        if booking.kind == .expired {
            expired = expired.addingReportingOverflow(booking.points).overflow ? .max : expired + booking.points
        }
        guard keepsBookings else { return }
        var booking = booking
        booking.time = time
        bookings.append(booking)
    }

    mutating func note(_ rule: LedgerRule) { rules |= 1 << UInt32(rule.rawValue) }

    /// Tells others what they cannot see by an event of theirs.
    func tell(_ sink: inout Sink) {
        if expired > 0 { sink.effect(Self.pointsExpired, ["points": .integer(expired)]) }
    }

    private static let pointsExpired = Rule("points-expired")

    /// Names the rules, each once, in the order of ``LedgerRule``, and hands on the bookings.
    func explain(to sink: inout Sink) {
        for booking in bookings { sink.detail(booking) }
        var rest = rules
        while rest != 0 {
            let first = UInt8(rest.trailingZeroBitCount)
            sink.because(LedgerRule(rawValue: first)!.rule)
            rest &= rest - 1
        }
    }
}
