import Projections
import Touchpoints

/// A view of one's own whose part `wide` holds numbers of more than 64 bits behind a thousand rows, so that an export to
/// SQLite fails in its middle.
struct Numbers: Projector {
    struct State: ViewState {
        init() {}
        init(from reader: inout ByteReader) throws {}
        func encode(into writer: inout ByteWriter) {}
    }

    static let name = "numbers"
    static let version = 1

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {}

    static let parts: [Part<Numbers>] = [
        Part("narrow", columns: [.integer("n")]) { _, _, emit in for n in Int64(0)..<1_000 { try emit([.integer(n)]) }
        },
        Part("wide", columns: [.integer("n"), .decimal("d")]) { _, _, emit in
            for n in Int64(0)..<1_000 { try emit([.integer(n), .decimal(units: .max, scale: n == 7 ? 4 : 2)]) }
            try emit([.decimal(units: .max, scale: 0), .null])
        },
        Part("asked", columns: [.integer("n")], options: [.text("since", required: true)]) { _, _, _ in },
    ]
}
