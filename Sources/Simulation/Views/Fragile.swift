public import Policies
public import Projections
public import Touchpoints

/// Fails on certain chains of events and in certain wake-ups, always after it has changed its state and emitted; asks
/// now and then for a wake-up that is too early, or never comes to an end of them.
///
/// Its level depends on all events before, so that its states hardly ever meet again.
public struct Fragile: Projector {
    public struct State: ViewState {
        var last: UInt16 = 0
        var level: Int64 = 0
        var due: Int64 = 0

        public init() {}
        public init(from reader: inout ByteReader) throws {
            last = try reader.readUInt16()
            level = try reader.readInt64()
            due = try reader.readInt64()
        }
        public func encode(into writer: inout ByteWriter) {
            writer.write(last)
            writer.write(level)
            writer.write(due)
        }
    }

    struct Failure: Error {}

    public static let name = "fragile"
    public static let version = 1
    public static let forgets = false
    public static func reads(_ policy: Policy) -> String { policy.canonical(of: [.journey]) }
    public static let parts: [Part<Fragile>] = [
        Part("customers", columns: [.text("customer"), .integer("level"), .integer("due")]) { view, _, emit in
            try view.forEachCustomer {
                try emit([.text(try view.name(of: $0)), .integer($1.level), .integer($1.due)])
            }
        },
        Part("totals", columns: [.integer("table"), .text("cell"), .decimal("total")]) { view, _, emit in
            for table in UInt8(1)...5 {
                for (cell, total) in view.cells(in: table) {
                    try emit([
                        .integer(Int64(table)), .text("\(cell.a) \(view.label(of: cell))"),
                        .decimal(units: total, scale: 0),
                    ])
                }
            }
        },
    ]

    private let gap: Elapsed

    public init(_ active: ActivePolicy) { gap = active.policy.journey.sessionGap }

    public func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        let before = state.last
        state.level = (state.level + Int64(event.type.rawValue % 5) + 1) % 7
        state.last = event.type.rawValue
        sink.add(to: Cell(1, UInt64(state.level)))
        sink.add(to: 2, label: [UInt8(truncatingIfNeeded: before), UInt8(truncatingIfNeeded: state.last)])
        if state.level == 2, before == state.last { throw Failure() }
        switch event.type {
        case .surveyAnswered: state.due = (event.time + .hours(state.level == 3 ? 0 : 24)).rawValue
        case .pageViewed, .orderPaid: state.due = (event.time + .hours(10)).rawValue
        case .complaintRaised: state.due = (event.time + gap).rawValue
        default: state.due = 0
        }
    }

    public func nextWake(_ state: State) -> Timestamp? { state.due == 0 ? nil : Timestamp(rawValue: state.due) }

    public func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        state.level = (state.level + 2) % 7
        sink.add(to: Cell(3, UInt64(state.level)))
        if state.level == 4, state.last == EventType.orderPaid.rawValue { throw Failure() }
        state.due = state.level == 5 ? state.due : (state.level == 2 ? (due + .hours(14)).rawValue : 0)
    }

    public func standing(_ state: State, _ sink: inout Sink) { sink.add(to: Cell(4, UInt64(state.level))) }

    public func unowned(_ event: borrowing EventView, _ sink: inout Sink) {
        sink.add(gap.microseconds, to: Cell(5, UInt64(event.type.rawValue)))
    }
}
