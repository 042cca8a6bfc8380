import Synchronization
import Touchpoints

@testable import Projections

/// Keeps the last type only, and counts the steps that the runtime takes.
struct Steps: Projector {
    struct State: ViewState {
        var last: UInt16 = 0

        init() {}
        init(from reader: inout ByteReader) throws { last = try reader.readUInt16() }
        func encode(into writer: inout ByteWriter) { writer.write(last) }
    }

    struct Failure: Error {}

    static let name = "steps"
    static let version = 1
    static let count = Mutex(0)
    static let parts: [Part<Steps>] = Part.everything

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        Self.count.withLock { $0 += 1 }
        if event.type == .complaintRaised { throw Failure() }
        sink.add(to: Cell(1, UInt64(state.last), UInt64(event.type.rawValue)))
        state.last = event.type.rawValue
    }
}
