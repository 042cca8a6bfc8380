import Touchpoints

@testable import Projections

/// Counters of the whole past: two histories that differ never meet again.
struct Tally: Projector {
    struct State: ViewState {
        var count: Int64 = 0
        var hash: UInt64 = 0

        init() {}
        init(from reader: inout ByteReader) throws {
            count = try reader.readInt64()
            hash = try reader.readFixed()
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(count)
            writer.writeFixed(hash)
        }
    }

    static let name = "tally"
    static let version = 1
    static let forgets = false
    static let parts: [Part<Tally>] = Part.everything

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.count += 1
        state.hash = (state.hash ^ UInt64(event.type.rawValue)) &* 0x100_0000_01B3
        sink.add(to: Cell(1, UInt64(state.count % 5), UInt64(event.type.rawValue)))
        if state.count.isMultiple(of: 2) { sink.add(to: 2, label: Array("even \(state.hash % 4)".utf8)) }
    }

    func standing(_ state: State, _ sink: inout Sink) {
        sink.add(to: Cell(3, UInt64(min(state.count, 5))))
        sink.add(-2, to: 4, label: Array("hash \(state.hash % 3)".utf8))
    }
}
