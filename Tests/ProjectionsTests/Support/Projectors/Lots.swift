import Policies
import Touchpoints

@testable import Projections

/// A ledger in recorded order: lots that expire by the policy of their posting, a reminder by the policy of today, and
/// bands that move with it. It fails on some complaints and reminders.
struct Lots: Projector {
    struct State: ViewState {
        var expiries: [Timestamp] = []
        /// When the last event was recorded; the reminder is due so long after it as the policy says.
        var last = Timestamp.epoch
        var isReminded = true
        var type: UInt16 = 0

        init() {}
        init(from reader: inout ByteReader) throws {
            for _ in 0..<(try reader.readCount()) { expiries.append(try reader.readTimestamp()) }
            last = try reader.readTimestamp()
            isReminded = try reader.readBool()
            type = try reader.readUInt16()
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(expiries) { $0.write($1) }
            writer.write(last)
            writer.write(isReminded)
            writer.write(type)
        }
    }

    struct Failure: Error {}

    static let name = "lots"
    static let version = 1
    static let order = FoldOrder.recorded
    static let forgets = false
    static let parts: [Part<Lots>] = Part.everything

    private let gap: Elapsed

    init(_ active: ActivePolicy) { gap = active.policy.journey.sessionGap }

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.last = event.recorded
        state.isReminded = false
        state.type = event.type.rawValue
        switch event.type {
        case .orderPaid:
            state.expiries.append(event.time + Elapsed(microseconds: 3 * gap.microseconds))
            state.expiries.sort()
            sink.add(gap.microseconds, to: Cell(1))
            expire(&state, by: event.recorded, &sink)
        case .pointsRedeemed where !state.expiries.isEmpty:
            state.expiries.removeFirst()
            sink.add(to: Cell(2))
        case .complaintRaised where state.expiries.count > 2: throw Failure()
        default: break
        }
    }

    private func expire(_ state: inout State, by time: Timestamp, _ sink: inout Sink) {
        while let first = state.expiries.first, first <= time {
            state.expiries.removeFirst()
            sink.add(gap.microseconds, to: 3, label: Array("expired".utf8))
        }
    }

    func nextWake(_ state: State) -> Timestamp? {
        let reminder = state.isReminded ? nil : state.last + gap
        guard let expiry = state.expiries.first else { return reminder }
        return min(expiry, reminder ?? expiry)
    }

    func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        expire(&state, by: due, &sink)
        guard !state.isReminded, state.last + gap <= due else { return }
        state.isReminded = true
        sink.add(gap.microseconds, to: Cell(4))
        if state.type == EventType.chatStarted.rawValue, state.expiries.count == 1 { throw Failure() }
    }

    func standing(_ state: State, _ sink: inout Sink) {
        sink.add(gap.microseconds, to: Cell(5, UInt64(state.expiries.count)))
    }

    func unowned(_ event: borrowing EventView, _ sink: inout Sink) { sink.add(gap.microseconds, to: Cell(6)) }
}
