public import Projections
public import Touchpoints

/// How busy each customer is: touchpoints so far, and whether 30 days went by without one.
public struct Activity: Projector {
    public struct State: ViewState {
        var touchpoints: Int64 = 0
        var last = Timestamp.epoch
        var isQuiet = false

        public init() {}
        public init(from reader: inout ByteReader) throws {
            touchpoints = try reader.readInt64()
            last = try reader.readTimestamp()
            isQuiet = try reader.readBool()
        }
        public func encode(into writer: inout ByteWriter) {
            writer.write(touchpoints)
            writer.write(last)
            writer.write(isQuiet)
        }
    }

    public static let name = "activity"
    public static let version = 1
    public static let forgets = false  // It counts the whole past.

    public init(_ active: ActivePolicy) {}

    public func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        guard event.isTouchpoint else { return }
        state.touchpoints += 1
        state.last = event.time
        state.isQuiet = false
    }

    public func nextWake(_ state: State) -> Timestamp? {
        state.touchpoints == 0 || state.isQuiet ? nil : state.last + .hours(30 * 24)
    }

    public func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) { state.isQuiet = true }

    public func standing(_ state: State, _ sink: inout Sink) { sink.add(to: Cell(1, state.isQuiet ? 1 : 0)) }

    public static let parts: [Part<Activity>] = [
        Part(
            "customers", columns: [.text("customer"), .integer("touchpoints"), .time("last"), .flag("quiet")],
            options: [.customer(required: false)]
        ) { view, query, emit in
            try view.forEachCustomer(of: query) { customer, state in
                let name = try view.name(of: customer)
                try emit([.text(name), .integer(state.touchpoints), .time(state.last), .flag(state.isQuiet)])
            }
        },
        Part("totals", columns: [.flag("quiet"), .integer("customers")]) { view, _, emit in
            for (cell, total) in view.cells(in: 1) { try emit([.flag(cell.a == 1), .integer(Int64(total))]) }
        },
    ]
}
