public import Projections
public import Touchpoints

/// A ledger in recorded order: coins by strand that crumble by the policy of their posting, a reminder by the policy of
/// today, and steps and wake-ups that fail.
public struct Purse: Projector {
    struct Coin: Equatable {
        var crumbles: Timestamp
        var position: Position
        var strand: StrandNumber
    }

    /// When a strand's last event was recorded, and whether the purse has reminded of it.
    struct Reminder: Equatable {
        var strand: StrandNumber
        var last: Timestamp
        var isDone: Bool
    }

    public struct State: ViewState {
        /// By (crumbles, position), and by strand.
        var coins: [Coin] = []
        var reminders: [Reminder] = []

        public init() {}
        public init(from reader: inout ByteReader) throws {
            for _ in 0..<(try reader.readCount()) {
                coins.append(
                    Coin(
                        crumbles: try reader.readTimestamp(), position: Position(try reader.readUInt64()),
                        strand: StrandNumber(rawValue: try reader.readUInt32())))
            }
            for _ in 0..<(try reader.readCount()) {
                reminders.append(
                    Reminder(
                        strand: StrandNumber(rawValue: try reader.readUInt32()), last: try reader.readTimestamp(),
                        isDone: try reader.readBool()))
            }
        }
        public func encode(into writer: inout ByteWriter) {
            writer.write(coins) { writer, coin in
                writer.write(coin.crumbles)
                writer.write(coin.position.rawValue)
                writer.write(coin.strand.rawValue)
            }
            writer.write(reminders) { writer, reminder in
                writer.write(reminder.strand.rawValue)
                writer.write(reminder.last)
                writer.write(reminder.isDone)
            }
        }
        public mutating func join(_ other: State) {
            coins += other.coins
            reminders += other.reminders
            sort()
        }
        public mutating func part(_ leaving: [StrandNumber]) -> State {
            var parted = State()
            parted.coins = coins.filter { leaving.contains($0.strand) }
            parted.reminders = reminders.filter { leaving.contains($0.strand) }
            coins.removeAll { leaving.contains($0.strand) }
            reminders.removeAll { leaving.contains($0.strand) }
            return parted
        }
        mutating func sort() {
            coins.sort { ($0.crumbles, $0.position) < ($1.crumbles, $1.position) }
            reminders.sort { $0.strand < $1.strand }
        }
    }

    struct Failure: Error {}

    public static let name = "purse"
    public static let version = 1
    public static let order = FoldOrder.recorded
    public static let forgets = false
    public static let parts: [Part<Purse>] = [
        Part("customers", columns: [.text("customer"), .integer("coins"), .text("reminders")]) { view, _, emit in
            try view.forEachCustomer {
                try emit([.text(try view.name(of: $0)), .integer(Int64($1.coins.count)), .text("\($1.reminders)")])
            }
        }
    ]

    private let gap: Elapsed

    public init(_ active: ActivePolicy) { gap = active.policy.journey.sessionGap }

    public func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.reminders.removeAll { $0.strand == event.strand }
        state.reminders.append(Reminder(strand: event.strand, last: event.recorded, isDone: false))
        switch event.type {
        case .orderPaid, .pageViewed:
            let crumbles = event.time + Elapsed(microseconds: 3 * gap.microseconds)
            state.coins.append(Coin(crumbles: crumbles, position: event.position, strand: event.strand))
            state.sort()
            sink.add(gap.microseconds, to: Cell(1))
            crumble(&state, by: event.recorded, &sink)
        case .pointsRedeemed where !state.coins.isEmpty:
            sink.add(to: Cell(2, UInt64(state.coins.removeFirst().strand.rawValue)))
        case .complaintRaised where state.coins.count > 2: throw Failure()
        case .surveyAnswered where state.coins.count == 1: throw Failure()
        default: break
        }
        state.sort()
    }

    private func crumble(_ state: inout State, by time: Timestamp, _ sink: inout Sink) {
        while let first = state.coins.first, first.crumbles <= time {
            state.coins.removeFirst()
            sink.add(gap.microseconds, to: 3, label: Array("crumbled \(first.strand)".utf8))
        }
    }

    public func nextWake(_ state: State) -> Timestamp? {
        let reminder = state.reminders.filter { !$0.isDone }.map { $0.last + gap }.min()
        guard let crumbles = state.coins.first?.crumbles else { return reminder }
        return min(crumbles, reminder ?? crumbles)
    }

    public func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        crumble(&state, by: due, &sink)
        for index in state.reminders.indices
        where !state.reminders[index].isDone && state.reminders[index].last + gap <= due {
            state.reminders[index].isDone = true
            sink.add(gap.microseconds, to: Cell(4, UInt64(state.coins.count)))
            if state.coins.count == 2 { throw Failure() }
        }
    }

    public func reverse(
        _ state: inout State, _ event: borrowing EventView, voidedBy void: borrowing EventView, _ sink: inout Sink
    ) throws {
        let position = event.position
        guard let index = state.coins.firstIndex(where: { $0.position == position }) else { return }
        state.coins.remove(at: index)
        sink.add(gap.microseconds, to: Cell(5))
    }

    public func standing(_ state: State, _ sink: inout Sink) {
        sink.add(gap.microseconds, to: Cell(6, UInt64(state.coins.count)))
    }

    public func unowned(_ event: borrowing EventView, _ sink: inout Sink) {
        sink.add(gap.microseconds, to: Cell(7, UInt64(event.type.rawValue)))
    }
}
