import Projections
import Touchpoints

/// A view that counts events, and two parts without a log: what a user's own view looks like to the program.
struct Visits: Projector {
    struct State: ViewState {
        var visits: Int64 = 0

        init() {}
        init(from reader: inout ByteReader) throws { visits = try reader.readInt64() }
        func encode(into writer: inout ByteWriter) { writer.write(visits) }
    }

    static let name = "visits"
    static let version = 1

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws { state.visits += 1 }

    static let parts: [Part<Visits>] = [
        Part(
            "customers", columns: [.text("customer"), .integer("visits")], key: ["customer"],
            options: [.customer(required: false)]
        ) { view, query, emit in
            try view.forEachCustomer(of: query) { customer, state in
                try emit([.text(try view.name(of: customer)), .integer(state.visits)])
            }
        },
        Part("numbers", columns: [.integer("n")], options: [.choice("by", of: ["one", "two"])]) { _, query, emit in
            let step = query["by"] == "two" ? 2 : 1
            for n in stride(from: 0, to: 1_000_000_000, by: step) { try emit([.integer(Int64(n))]) }
        },
    ]
}

extension Catalogue {
    static let test = Catalogue([Visits.self])
}
