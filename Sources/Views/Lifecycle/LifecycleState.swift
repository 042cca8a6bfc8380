public import Projections
import Touchpoints

extension Lifecycle {
    /// What the conditions of stages ask about, and the stage that came of it.
    public struct State: ViewState {
        var orders = Orders()
        var complaints = OpenComplaints()
        /// The latest answer to a survey, 0...10,000; nil without one.
        var satisfaction: Int64?
        /// The day of the last touchpoint; nil without one, or where no condition asks for it.
        var lastTouchpoint: CivilDay?

        /// The number of the stage, from 1; 0 before the first event.
        var stage: UInt8 = 0
        /// The stage before.
        var previous: UInt8 = 0
        /// Which alternative of the stage's conditions held when the customer came to it.
        var alternative: UInt8 = 0
        var since = Timestamp.epoch
        /// Whether the stage is the first that fits, it being the customer's.
        var isSettled = false
        /// When the next day begins on which the stage may change.
        var due: Timestamp?

        public init() {}
    }
}

extension Lifecycle.State {
    /// Takes what the event says; true if that can change the stage.
    mutating func take(
        _ event: borrowing EventView, on day: CivilDay, _ rules: StageRules, _ sink: inout Sink
    ) throws(MoneyOverflow) -> Bool {
        var isChanged = stage == 0
        if rules.asksForTouchpoints, event.isTouchpoint, lastTouchpoint != day {
            lastTouchpoint = day
            isChanged = true
            sink.because(Rule("touchpoint-noted"))
        }
        switch event.type {
        case .orderPaid, .orderRefunded, .orderCancelled:
            if try orders.take(event, on: day) {
                isChanged = true
                sink.because(Orders.rule(for: event.type))
            }
        case .complaintRaised, .complaintReopened, .complaintResolved:
            complaints.take(event)
            isChanged = true
            sink.because(event.type == .complaintResolved ? Rule("complaint-closed") : Rule("complaint-opened"))
        case .surveyAnswered:
            if let score = Satisfaction.hundredths(of: event) {
                satisfaction = score
                isChanged = true
                sink.because(Rule("satisfaction-noted"))
            }
        default: break
        }
        return isChanged
    }
}

/// Bytes.
extension Lifecycle.State {
    public func encode(into writer: inout ByteWriter) {
        orders.encode(into: &writer)
        complaints.encode(into: &writer)
        writer.write(satisfaction ?? -1)
        writer.write(lastTouchpoint != nil)
        if let lastTouchpoint { writer.write(Int64(lastTouchpoint.rawValue)) }
        writer.write(UInt16(stage))
        writer.write(UInt16(previous))
        writer.write(UInt16(alternative))
        writer.write(since)
        writer.write(isSettled)
        writer.write(due != nil)
        if let due { writer.write(due) }
    }

    public init(from reader: inout ByteReader) throws {
        orders = try Orders(from: &reader)
        complaints = try OpenComplaints(from: &reader)
        let score = try reader.readInt64()
        satisfaction = score == -1 ? nil : score
        lastTouchpoint = try reader.readBool() ? try reader.readDay() : nil
        stage = try reader.readUInt8()
        previous = try reader.readUInt8()
        alternative = try reader.readUInt8()
        since = try reader.readTimestamp()
        isSettled = try reader.readBool()
        due = try reader.readBool() ? try reader.readTimestamp() : nil
    }
}

extension ByteReader {
    fileprivate mutating func readUInt8() throws(StateError) -> UInt8 {
        guard let value = UInt8(exactly: try readUInt16()) else { throw StateError("a number exceeds 8 bits") }
        return value
    }
}
