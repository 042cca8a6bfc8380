import Policies
import Touchpoints

@testable import Projections

/// A ledger in recorded order: lots that expire by the policy of their posting, reminders by the policy of today, and
/// bands that move with it. What steps emit depends on what the customer holds of other strands. It fails on some
/// complaints, reminders and voids, always after it has changed its state and emitted.
struct Lots: Projector {
    struct Lot: Equatable {
        var expiry: Timestamp
        var position: Position
        var strand: StrandNumber
    }

    /// What a strand was last seen to do; the reminder is due so long after it as the policy says.
    struct Visit: Equatable {
        var strand: StrandNumber
        var last = Timestamp.epoch
        var isReminded = true
        var type: UInt16 = 0
    }

    struct State: ViewState {
        /// By (expiry, position).
        var lots: [Lot] = []
        /// By strand.
        var visits: [Visit] = []

        init() {}
        init(from reader: inout ByteReader) throws {
            for _ in 0..<(try reader.readCount()) {
                lots.append(
                    Lot(
                        expiry: try reader.readTimestamp(), position: Position(try reader.readUInt64()),
                        strand: StrandNumber(rawValue: try reader.readUInt32())))
            }
            for _ in 0..<(try reader.readCount()) {
                visits.append(
                    Visit(
                        strand: StrandNumber(rawValue: try reader.readUInt32()), last: try reader.readTimestamp(),
                        isReminded: try reader.readBool(), type: try reader.readUInt16()))
            }
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(lots) { writer, lot in
                writer.write(lot.expiry)
                writer.write(lot.position.rawValue)
                writer.write(lot.strand.rawValue)
            }
            writer.write(visits) { writer, visit in
                writer.write(visit.strand.rawValue)
                writer.write(visit.last)
                writer.write(visit.isReminded)
                writer.write(visit.type)
            }
        }

        mutating func join(_ other: Self) {
            lots = (lots + other.lots).sorted { ($0.expiry, $0.position) < ($1.expiry, $1.position) }
            visits = (visits + other.visits).sorted { $0.strand < $1.strand }
        }

        mutating func part(_ leaving: [StrandNumber]) -> Self {
            var parted = State()
            parted.lots = lots.filter { leaving.contains($0.strand) }
            parted.visits = visits.filter { leaving.contains($0.strand) }
            lots.removeAll { leaving.contains($0.strand) }
            visits.removeAll { leaving.contains($0.strand) }
            return parted
        }
    }

    struct Failure: Error {}

    static let name = "lots"
    static let version = 1
    static let order = FoldOrder.recorded
    static let forgets = false
    static let parts: [Part<Lots>] = Part.everything

    private let gap: Elapsed

    init(_ active: ActivePolicy) { gap = active.policy.journey.sessionGap }

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        let visit = Visit(strand: event.strand, last: event.recorded, isReminded: false, type: event.type.rawValue)
        state.visits.removeAll { $0.strand == visit.strand }
        state.visits.append(visit)
        state.visits.sort { $0.strand < $1.strand }
        switch event.type {
        case .orderPaid:
            let expiry = event.time + Elapsed(microseconds: 3 * gap.microseconds)
            state.lots.append(Lot(expiry: expiry, position: event.position, strand: event.strand))
            state.lots.sort { ($0.expiry, $0.position) < ($1.expiry, $1.position) }
            sink.add(gap.microseconds, to: Cell(1))
            expire(&state, by: event.recorded, &sink)
        case .pointsRedeemed where !state.lots.isEmpty:
            let lot = state.lots.removeFirst()
            sink.add(to: Cell(2, UInt64(lot.strand.rawValue)))
        case .complaintRaised where state.lots.count > 2: throw Failure()
        default: break
        }
    }

    func reverse(
        _ state: inout State, _ event: borrowing EventView, voidedBy void: borrowing EventView, _ sink: inout Sink
    ) throws {
        let position = event.position
        state.lots.removeAll { $0.position == position }
        sink.add(Int64(state.lots.count), to: Cell(7, UInt64(event.type.rawValue)))
        if event.type == .pointsRedeemed, state.lots.count == 2 { throw Failure() }
    }

    private func expire(_ state: inout State, by time: Timestamp, _ sink: inout Sink) {
        while let first = state.lots.first, first.expiry <= time {
            state.lots.removeFirst()
            sink.add(gap.microseconds, to: 3, label: Array("expired \(state.lots.count)".utf8))
        }
    }

    func nextWake(_ state: State) -> Timestamp? {
        let reminders = state.visits.filter { !$0.isReminded }.map { $0.last + gap }
        return (reminders + state.lots.prefix(1).map(\.expiry)).min()
    }

    func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        expire(&state, by: due, &sink)
        for index in state.visits.indices where !state.visits[index].isReminded {
            guard state.visits[index].last + gap <= due else { continue }
            state.visits[index].isReminded = true
            sink.add(gap.microseconds, to: Cell(4))
            if state.visits[index].type == EventType.chatStarted.rawValue, state.lots.count == 1 { throw Failure() }
        }
    }

    func standing(_ state: State, _ sink: inout Sink) {
        sink.add(gap.microseconds, to: Cell(5, UInt64(state.lots.count)))
    }

    func unowned(_ event: borrowing EventView, _ sink: inout Sink) { sink.add(gap.microseconds, to: Cell(6)) }
}
