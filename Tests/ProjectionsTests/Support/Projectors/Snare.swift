import Glibc
import Touchpoints

@testable import Projections

/// Ends the process at a complaint that meets two other events, or a reminder that does: what each of two customers is
/// spared, and the one that they become is not. No trap, whose backtrace would take seconds.
struct Snare: Projector {
    struct State: ViewState {
        var events: Int64 = 0
        var due: Int64 = 0

        init() {}
        init(from reader: inout ByteReader) throws {
            events = try reader.readInt64()
            due = try reader.readInt64()
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(events)
            writer.write(due)
        }
    }

    static let name = "snare"
    static let version = 1
    static let parts: [Part<Snare>] = Part.everything

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        if event.type == .complaintRaised, state.events >= 2 { _exit(1) }
        state.events += 1
        if event.type == .chatStarted { state.due = (event.time + .hours(10)).rawValue }
        sink.add(to: Cell(1, UInt64(event.type.rawValue)))
    }

    func nextWake(_ state: State) -> Timestamp? { state.due == 0 ? nil : Timestamp(rawValue: state.due) }

    func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        if state.events >= 2 { _exit(1) }
        state.due = 0
        sink.add(to: Cell(2))
    }

    func standing(_ state: State, _ sink: inout Sink) { sink.add(to: Cell(3, UInt64(state.events))) }
}

/// The same in recorded order.
struct Pitfall: Projector {
    struct State: ViewState {
        /// By strand; the reminder is due where the time is not 0.
        var visits: [(strand: StrandNumber, due: Int64)] = []

        init() {}
        init(from reader: inout ByteReader) throws {
            for _ in 0..<(try reader.readCount()) {
                visits.append((StrandNumber(rawValue: try reader.readUInt32()), try reader.readInt64()))
            }
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(visits) { writer, visit in
                writer.write(visit.strand.rawValue)
                writer.write(visit.due)
            }
        }
        static func == (a: Self, b: Self) -> Bool {
            a.visits.elementsEqual(b.visits) { $0.strand == $1.strand && $0.due == $1.due }
        }
        mutating func join(_ other: Self) { visits = (visits + other.visits).sorted { $0.strand < $1.strand } }
        mutating func part(_ leaving: [StrandNumber]) -> Self {
            var parted = State()
            parted.visits = visits.filter { leaving.contains($0.strand) }
            visits.removeAll { leaving.contains($0.strand) }
            return parted
        }
    }

    struct Failure: Error {}

    static let name = "pitfall"
    static let version = 1
    static let order = FoldOrder.recorded
    static let forgets = false
    static let parts: [Part<Pitfall>] = Part.everything

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        let due = event.type == .chatStarted ? (event.recorded + .hours(10)).rawValue : 0
        state.visits.removeAll { [strand = event.strand] in $0.strand == strand }
        state.visits.append((event.strand, due))
        state.visits.sort { $0.strand < $1.strand }
        sink.add(to: Cell(1, UInt64(event.type.rawValue)))
    }

    func nextWake(_ state: State) -> Timestamp? {
        state.visits.map(\.due).filter { $0 != 0 }.min().map { Timestamp(rawValue: $0) }
    }

    /// A reminder fails for one strand alone, and ends the process where there are two.
    func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        if state.visits.count >= 2 { _exit(1) }
        throw Failure()
    }

    func reverse(
        _ state: inout State, _ event: borrowing EventView, voidedBy void: borrowing EventView, _ sink: inout Sink
    ) throws { _exit(1) }
}
