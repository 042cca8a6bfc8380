import Wayfold

/// When each customer paid last, how often, and how much; scored by SQL's NTILE when it is asked.
struct Recency: Projector {
    struct State: ViewState {
        var last = Timestamp.epoch
        var frequency: Int64 = 0
        var monetary: Int64 = 0

        init() {}
        init(from reader: inout ByteReader) throws {
            last = try reader.readTimestamp()
            frequency = try reader.readInt64()
            monetary = try reader.readInt64()
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(last)
            writer.write(frequency)
            writer.write(monetary)
        }
    }

    static let name = "jobrfm"
    static let version = 1
    static let forgets = false  // It counts the whole past.

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        guard event.type == .orderPaid, let money = event.money else { return }
        state.last = event.time
        state.frequency += 1
        state.monetary += money.minorUnits
    }

    static let parts: [Part<Recency>] = [
        Part(
            "scores", columns: ["customer", "last", "frequency", "monetary", "r", "f", "m"].map { .integer($0) },
            options: [.choice("names", of: ["none", "alias"])]
        ) { view, query, emit in
            var customers: [CustomerNumber] = []
            var states: [State] = []
            try view.forEachCustomer { customer, state in
                guard state.frequency > 0 else { return }
                customers.append(customer)
                states.append(state)
            }
            let r = Tiles.scores(states.map { UInt64($0.last.rawValue) })
            let f = Tiles.scores(states.map { UInt64($0.frequency) })
            let m = Tiles.scores(states.map { UInt64($0.monetary) })
            let named = query["names"] == "alias"
            for index in states.indices {
                let state = states[index]
                try emit([
                    .integer(named ? try member(customers[index], of: view) : Int64(customers[index].rawValue)),
                    .integer(state.last.rawValue / 1_000), .integer(state.frequency), .integer(state.monetary),
                    .integer(Int64(r[index])), .integer(Int64(f[index])), .integer(Int64(m[index])),
                ])
            }
        }
    ]
}
