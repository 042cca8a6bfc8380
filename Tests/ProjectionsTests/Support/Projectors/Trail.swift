import Touchpoints

@testable import Projections

/// A chain of types: edges, labels and a standing contribution; forgets all but the last two events.
struct Trail: Projector {
    struct State: ViewState {
        var last: UInt16 = 0
        var before: UInt16 = 0
        var time = Timestamp.epoch

        init() {}
        init(from reader: inout ByteReader) throws {
            last = try reader.readUInt16()
            before = try reader.readUInt16()
            time = try reader.readTimestamp()
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(last)
            writer.write(before)
            writer.write(time)
        }
    }

    static let name = "trail"
    static let version = 1
    static let labelTable: UInt8 = 2
    static let parts: [Part<Trail>] =
        [
            Part("customers", columns: [.text("customer"), .integer("last")]) { view, _, emit in
                try view.forEachCustomer { try emit([.text(try view.name(of: $0)), .integer(Int64($1.last))]) }
            }
        ] + Part.everything

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        let type = event.type.rawValue
        sink.add(to: Cell(1, UInt64(state.last), UInt64(type)))
        sink.add(to: Self.labelTable, label: [UInt8(state.before), UInt8(state.last), UInt8(type)])
        if state.last != 0 { sink.add((event.time - state.time).microseconds, to: Cell(3, UInt64(type))) }
        state.before = state.last
        state.last = type
        state.time = event.time
    }

    func standing(_ state: State, _ sink: inout Sink) { sink.add(to: Cell(4, UInt64(state.last))) }

    func unowned(_ event: borrowing EventView, _ sink: inout Sink) {
        sink.add(to: Cell(5, UInt64(event.type.rawValue)))
    }
}
