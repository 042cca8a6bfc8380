import Touchpoints

@testable import Projections

/// Fails on certain chains of events, asks for wake-ups too early, and has wake-ups that fail; always after it has
/// changed its state and emitted.
struct Brittle: Projector {
    struct State: ViewState {
        var last: UInt16 = 0
        var level: Int64 = 0
        var due: Int64 = 0

        init() {}
        init(from reader: inout ByteReader) throws {
            last = try reader.readUInt16()
            level = try reader.readInt64()
            due = try reader.readInt64()
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(last)
            writer.write(level)
            writer.write(due)
        }
    }

    struct Failure: Error {}

    static let name = "brittle"
    static let version = 1
    static let parts: [Part<Brittle>] =
        [
            Part("levels", columns: [.text("customer"), .integer("level")]) { view, _, emit in
                try view.forEachCustomer { try emit([.text(try view.name(of: $0)), .integer($1.level)]) }
            }
        ] + Part.everything

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        let before = state.last
        state.level = (state.level + 1) % 6
        state.last = event.type.rawValue
        sink.add(to: Cell(1, UInt64(state.level)))
        sink.add(to: 2, label: [UInt8(before), UInt8(state.last)])
        switch event.type {
        case .complaintRaised where before == EventType.chatStarted.rawValue: throw Failure()
        case .surveyAnswered: state.due = (event.time + .hours(state.level == 3 ? 0 : 24)).rawValue
        case .pageViewed: state.due = (event.time + .hours(10)).rawValue
        default: state.due = 0
        }
    }

    func nextWake(_ state: State) -> Timestamp? { state.due == 0 ? nil : Timestamp(rawValue: state.due) }

    func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        state.level = (state.level + 2) % 6
        sink.add(to: Cell(3, UInt64(state.level)))
        if state.level == 4, state.last == EventType.surveyAnswered.rawValue { throw Failure() }
        state.due = state.level == 5 ? state.due : (state.level == 2 ? (due + .hours(14)).rawValue : 0)
    }

    func standing(_ state: State, _ sink: inout Sink) { sink.add(to: Cell(4, UInt64(state.level))) }
}
