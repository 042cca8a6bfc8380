import Wayfold

/// A point for each whole unit paid, less those redeemed.
struct Points: Projector {
    struct State: ViewState {
        var points: Int64 = 0
        var isBooked = false

        init() {}
        init(from reader: inout ByteReader) throws {
            points = try reader.readInt64()
            isBooked = try reader.readBool()
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(points)
            writer.write(isBooked)
        }
    }

    static let name = "jobpoints"
    static let version = 1
    static let forgets = false  // It counts the whole past.

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        switch event.type {
        case .orderPaid: state.points += (event.money?.minorUnits ?? 0) / 100
        case .pointsRedeemed: state.points -= event.points ?? 0
        default: return
        }
        state.isBooked = true
    }

    static let parts: [Part<Points>] = [
        Part("points", columns: [.integer("customer"), .integer("points")]) { view, _, emit in
            try view.forEachCustomer { customer, state in
                guard state.isBooked else { return }
                try emit([.integer(member(customer, of: view)), .integer(state.points)])
            }
        }
    ]
}
