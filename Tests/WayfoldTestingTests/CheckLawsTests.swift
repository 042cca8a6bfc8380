import Projections
import Simulation
import Synchronization
import Testing
import Touchpoints
import WayfoldTesting

struct CheckLawsTests {
    /// Two customers, forty events at odd gaps: some end a stay, some do not.
    private func events() throws -> [SketchedEvent] {
        (1...40).map { number in
            var event = SketchedEvent(
                type: number % 3 == 0 ? .orderPaid : .pageViewed, occurred: .epoch + .hours(Int64(number * number * 3)))
            event.strand = StrandNumber(rawValue: UInt32(number % 2 + 1))
            return event
        }
    }

    @Test func `a good projector keeps the laws`() async throws {
        #expect(try await checkLaws(of: Stays.self, events: events(), seeds: 1...3) == [])
    }

    @Test func `a fold that depends on what was folded elsewhere is found`() async throws {
        let found = try await checkLaws(of: Forgetful.self, events: events(), seeds: 1...3)
        #expect(Set(found.map(\.law)).isSuperset(of: [.isDeterministic, .foldsAlike]))
    }

    @Test func `a state that its bytes do not hold is found`() async throws {
        let found = try await checkLaws(of: Lossy.self, events: events(), seeds: 1...3)
        #expect(Set(found.map(\.law)) == [.encodesItsState, .foldsAlike])
    }

    @Test func `a wake-up that is not later than its step is found`() async throws {
        let found = try await checkLaws(of: Hasty.self, events: events(), seeds: 1...1)
        #expect(Set(found.map(\.law)) == [.takesEveryStep])
        #expect(found.first?.description.contains("not later than its step") == true)
    }
}

/// Counts stays: they end a day after the last event. Lawful.
private struct Stays: Projector {
    struct State: ViewState {
        var stays: Int64 = 0
        var end = Timestamp.epoch
        init() {}
        init(from reader: inout ByteReader) throws {
            stays = try reader.readInt64()
            end = try reader.readTimestamp()
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(stays)
            writer.write(end)
        }
    }
    static let name = "stays"
    static let version = 1
    static let forgets = false
    static let parts: [Part<Stays>] = []

    init(_ active: ActivePolicy) {}
    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.end = event.time + .hours(24)
        sink.add(to: Cell(1, UInt64(event.type.rawValue)))
    }
    func nextWake(_ state: State) -> Timestamp? { state.end == .epoch ? nil : state.end }
    func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        state.stays += 1
        state.end = .epoch
    }
    func standing(_ state: State, _ sink: inout Sink) { sink.add(to: Cell(2, UInt64(min(state.stays, 3)))) }
}

/// Numbers events across all customers, which no fold may.
private struct Forgetful: Projector {
    struct State: ViewState {
        var number = 0
        init() {}
        init(from reader: inout ByteReader) throws { number = try reader.readInt() }
        func encode(into writer: inout ByteWriter) { writer.write(number) }
    }
    static let name = "forgetful"
    static let version = 1
    static let parts: [Part<Forgetful>] = []
    private static let count = Mutex(0)

    init(_ active: ActivePolicy) {}
    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.number = Self.count.withLock { count in
            count += 1
            return count
        }
    }
}

/// Keeps a field that it does not write.
private struct Lossy: Projector {
    struct State: ViewState {
        var count: Int64 = 0
        var lost: Int64 = 0
        init() {}
        init(from reader: inout ByteReader) throws { count = try reader.readInt64() }
        func encode(into writer: inout ByteWriter) { writer.write(count) }
    }
    static let name = "lossy"
    static let version = 1
    static let parts: [Part<Lossy>] = []

    init(_ active: ActivePolicy) {}
    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.count += 1
        if event.type == .orderPaid { state.lost += 1 }
    }
}

/// Wants to be woken when it steps.
private struct Hasty: Projector {
    struct State: ViewState {
        var due = Timestamp.distantFuture
        init() {}
        init(from reader: inout ByteReader) throws { due = try reader.readTimestamp() }
        func encode(into writer: inout ByteWriter) { writer.write(due) }
    }
    static let name = "hasty"
    static let version = 1
    static let parts: [Part<Hasty>] = []

    init(_ active: ActivePolicy) {}
    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        if event.type == .orderPaid { state.due = event.time }
    }
    func nextWake(_ state: State) -> Timestamp? { state.due }
}
