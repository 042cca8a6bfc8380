import Wayfold

/// How often one type of event came right after another.
struct Edges: Projector {
    struct State: ViewState {
        /// The type of the last event; 0 before the first one.
        var previous: UInt16 = 0

        init() {}
        init(from reader: inout ByteReader) throws { previous = try reader.readUInt16() }
        func encode(into writer: inout ByteWriter) { writer.write(previous) }
    }

    static let name = "jobedges"
    static let version = 1

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        let type = event.type.rawValue
        if state.previous != 0 { sink.add(to: Cell(1, UInt64(state.previous), UInt64(type))) }
        state.previous = type
    }

    static let parts: [Part<Edges>] = [
        Part("edges", columns: [.text("before"), .text("type"), .integer("count")]) { view, _, emit in
            for (cell, total) in view.cells(in: 1) {
                let before = EventType(rawValue: UInt16(cell.a))
                let type = EventType(rawValue: UInt16(cell.b))
                try emit([.text(view.name(of: before)), .text(view.name(of: type)), .integer(Int64(total))])
            }
        }
    ]
}
