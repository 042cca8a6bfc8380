import Synchronization
import Touchpoints

@testable import Projections

/// Keeps the last type only, and lets a test count the steps that the runtime takes.
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
    /// Counts for the task that asks; other tests may fold this view at the same time.
    @TaskLocal private static var counter: Counter?

    private final class Counter: Sendable {
        let count = Mutex(0)
    }

    /// How many steps `body` takes.
    static func counted(_ body: () throws -> Void) rethrows -> Int {
        let counter = Counter()
        try $counter.withValue(counter, operation: body)
        return counter.count.withLock { $0 }
    }

    static let parts: [Part<Steps>] = Part.everything

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        Self.counter?.count.withLock { $0 += 1 }
        if event.type == .complaintRaised { throw Failure() }
        sink.add(to: Cell(1, UInt64(state.last), UInt64(event.type.rawValue)))
        state.last = event.type.rawValue
    }
}
