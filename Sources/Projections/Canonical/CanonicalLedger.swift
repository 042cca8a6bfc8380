public import EventLog
public import Touchpoints

/// The slow, obvious fold of a view in recorded order: what every fast path must equal, bit for bit (rules 5, 23, 34
/// and 35 of ARCHITECTURE section 10).
///
/// It takes every record of the log, one after the other. Each strand names the group that it is in; what is kept of a
/// group is kept under its smallest strand. `verify --deep` and the tests hold the runtime against it.
public struct CanonicalLedger<P: Projector> {
    public typealias Outcome = CanonicalFold<P>.Outcome

    private let policies: [ActivePolicy]
    private let traps: TrapList
    private let cut: Timestamp?
    /// Whose states are copied before each step; nil: everybody's.
    private let careful: Set<StrandNumber>?
    private var projector: P
    /// A record behind the cut has been taken: nobody is woken any more (rule 11).
    private var isClosed = false

    private var groups: [StrandNumber: Set<StrandNumber>] = [:]
    private var states: [StrandNumber: P.State] = [:]
    private var quiet: Set<StrandNumber> = []
    private var withEvents: Set<StrandNumber> = []
    private var voided: Set<Position> = []
    /// What the steps of each strand have emitted; of nobody's events under the strand 0.
    private var emitted: [StrandNumber: [Cell: Int128]] = [:]
    /// The steps of each strand that failed; `event` is nil for a wake-up.
    private var failures: [StrandNumber: [(event: Position?, reason: String)]] = [:]
    /// Strands whose state was lost by a step that failed, since nobody had a copy: the log must be taken once more,
    /// with care of them.
    private(set) var lost: Set<StrandNumber> = []

    /// - Parameters:
    ///   - policies: ascending by position.
    ///   - cut: events and wake-ups up to this time count; later records only say who is one customer.
    public init(policies: [ActivePolicy], cut: Timestamp? = nil) {
        self.init(policies: policies, traps: TrapList(), cut: cut)
    }

    /// - Parameter careful: whose states are copied before each step, which costs as much as a ledger is long; nil:
    ///   everybody's.
    init(policies: [ActivePolicy], traps: TrapList, cut: Timestamp?, careful: Set<StrandNumber>? = nil) {
        self.policies = policies
        self.traps = traps
        self.cut = cut
        self.careful = careful
        projector = P(policies[0])
    }

    /// Takes the next record of the log.
    ///
    /// - Parameter log: asked for the event that a record voids.
    public mutating func take(_ record: borrowing EventView, of log: LogReader) throws {
        let time = min(record.recorded, cut ?? record.recorded)
        let isCounted = record.recorded == time
        if !isCounted, !isClosed {
            wakeAll(by: time)
            isClosed = true
        }
        switch Decision(record)?.act {
        case .join(let a, let b, _), .merge(let a, let b): join(a, b, at: time)
        case .split(let leaving): part(Set(leaving), at: time)
        case .void(let target):
            if isCounted, voided.insert(target).inserted { reverse(try log.event(at: target), record, at: time) }
        case nil:
            if isCounted, record.isFolded { book(record, at: time) }
        }
        if let next = policies.dropFirst().first(where: { $0.position == record.position }) {
            wakeAll(by: time)
            projector = P(next)
        }
    }

    /// Fires what is due by `bound`.
    mutating func wakeAll(by bound: Timestamp) {
        for strand in states.keys { wake(strand, by: bound) }
    }

    /// Each customer with a folded event, and what nobody's events add, when all wake-ups due by `clock` have fired.
    public func outcomes(clock: Timestamp) -> (customers: [CustomerNumber: Outcome], unowned: [Cell: Int128]) {
        var last = self
        last.wakeAll(by: clock)
        var customers: [CustomerNumber: Outcome] = [:]
        let known = Set(last.emitted.keys).union(last.failures.keys).union(last.withEvents).subtracting([.none])
        for least in Set(known.map { last.group(of: $0).min()! }) {
            customers[CustomerNumber(rawValue: least.rawValue)] = last.outcome(of: least)
        }
        return (customers, emitted[.none] ?? [:])
    }

    private func outcome(of least: StrandNumber) -> Outcome {
        let strands = group(of: least).sorted()
        var outcome = Outcome()
        if isPresent(least) { outcome.state = states[least] ?? P.State() }
        outcome.failure = strands.compactMap { failures[$0]?.first?.reason }.first
        guard outcome.failure == nil else { return outcome }
        for strand in strands { outcome.totals.merge(emitted[strand] ?? [:], uniquingKeysWith: +) }
        if let state = outcome.state {
            var sink = Sink()
            projector.standing(state, &sink)
            outcome.totals.merge(sink.sums, uniquingKeysWith: +)
        }
        outcome.totals = outcome.totals.filter { $0.value != 0 }
        return outcome
    }
}

/// Who is one customer.
extension CanonicalLedger {
    private func group(of strand: StrandNumber) -> Set<StrandNumber> { groups[strand] ?? [strand] }
    private func least(_ strand: StrandNumber) -> StrandNumber { group(of: strand).min()! }

    /// Whether a customer exists in the view.
    private func isPresent(_ strand: StrandNumber) -> Bool {
        group(of: strand).contains { withEvents.contains($0) || failures[$0]?.isEmpty == false }
    }

    private mutating func join(_ a: StrandNumber, _ b: StrandNumber, at time: Timestamp) {
        let (first, second) = (min(least(a), least(b)), max(least(a), least(b)))
        guard first != second else { return }
        for strand in [first, second] { wake(strand, by: time) }
        var state: P.State?
        for strand in [first, second] where isPresent(strand) {
            let own = states[strand] ?? P.State()
            if state == nil { state = own } else { state!.join(own) }
        }
        let union = group(of: first).union(group(of: second))
        states[second] = nil
        states[first] = state
        quiet.subtract([first, second])
        for strand in union { groups[strand] = union }
        if !lost.isDisjoint(with: union) { lost.formUnion(union) }
    }

    private mutating func part(_ leaving: Set<StrandNumber>, at time: Timestamp) {
        let all = group(of: leaving.min()!)
        let staying = all.subtracting(leaving)
        guard !staying.isEmpty else { return }
        wake(all.min()!, by: time)
        var state = states[all.min()!] ?? P.State()
        let parted = state.part(leaving.sorted())
        states[all.min()!] = nil
        quiet.remove(all.min()!)
        for (part, state) in [(staying, state), (leaving, parted)] {
            for strand in part { groups[strand] = part }
            states[part.min()!] = isPresent(part.min()!) ? state : nil
        }
    }
}

/// Steps.
extension CanonicalLedger {
    private mutating func book(_ event: borrowing EventView, at time: Timestamp) {
        let (projector, traps) = (projector, traps)
        let (strand, position) = (event.strand, event.position)
        guard !strand.isNone else {
            guard !traps.events.contains(position) else { return }
            var sink = Sink()
            projector.unowned(event, &sink)
            emitted[.none, default: [:]].merge(sink.sums, uniquingKeysWith: +)
            return
        }
        wake(strand, by: time)
        withEvents.insert(strand)
        attempt(strand, event: position, at: time) { state, sink in
            if traps.events.contains(position) { throw PoisonError.trapped }
            try projector.fold(&state, event, &sink)
        }
    }

    private mutating func reverse(_ event: borrowing EventView, _ void: borrowing EventView, at time: Timestamp) {
        let strand = event.strand
        guard event.isFolded else { return }
        guard !strand.isNone else {
            guard !traps.events.contains(event.position) else { return }
            var sink = Sink()
            let position = event.position
            P(policies.last { $0.position < position } ?? policies[0]).unowned(event, &sink)
            emitted[.none, default: [:]].merge(sink.sums) { $0 - $1 }
            return
        }
        wake(strand, by: time)
        let position = event.position
        if let index = failures[strand]?.firstIndex(where: { $0.event == position }) {
            failures[strand]!.remove(at: index)
            return
        }
        let (projector, traps) = (projector, traps)
        let own = void.position
        attempt(strand, event: own, at: time) { state, sink in
            if traps.events.contains(own) { throw PoisonError.trapped }
            try projector.reverse(&state, event, voidedBy: void, &sink)
        }
    }

    private mutating func wake(_ strand: StrandNumber, by bound: Timestamp) {
        guard !isClosed else { return }
        let (projector, traps) = (projector, traps)
        let least = least(strand)
        while !quiet.contains(least), let due = states[least].flatMap(projector.nextWake), due <= bound {
            let isTaken = attempt(least, event: nil, at: due) { state, sink in
                if traps.wakes.contains(.init(customer: CustomerNumber(rawValue: least.rawValue), due: due)) {
                    throw PoisonError.trapped
                }
                try projector.wake(&state, due: due, &sink)
            }
            if !isTaken { quiet.insert(least) }
        }
    }

    /// Takes a step, of which nothing is left if it fails, and says whether it was taken; that is when the wake-up that
    /// it asks for lies behind it.
    @discardableResult
    private mutating func attempt(
        _ strand: StrandNumber, event: Position?, at time: Timestamp,
        _ step: (inout P.State, inout Sink) throws -> Void
    ) -> Bool {
        let group = group(of: strand)
        guard lost.isDisjoint(with: group) else { return false }
        let least = group.min()!
        let isCareful = careful.map { !$0.isDisjoint(with: group) } ?? true
        let before = isCareful ? states[least] : nil
        var sink = Sink()
        do {
            try step(&states[least, default: P.State()], &sink)
            if let due = projector.nextWake(states[least]!), due <= time {
                throw PoisonError.wakeNotLater(asked: due, step: time)
            }
        } catch {
            states[least] = before
            if !isCareful { lost.formUnion(group) }
            let reason = event == nil ? "wake-up due at \(time): \(error)" : "\(error)"
            failures[strand, default: []].append((event, reason))
            return false
        }
        quiet.remove(least)
        emitted[strand, default: [:]].merge(sink.sums, uniquingKeysWith: +)
        return true
    }
}

extension Sink {
    /// What was emitted, by total.
    fileprivate var sums: [Cell: Int128] {
        var sums: [Cell: Int128] = [:]
        for contribution in contributions { sums[contribution.cell, default: 0] += Int128(contribution.amount) }
        return sums
    }
}
