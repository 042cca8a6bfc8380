import EventLog
import Touchpoints

/// The steps of all strands that were ever connected, taken once more from the start, in recorded order: their events,
/// wake-ups, regroupings, voids and policies.
///
/// What a ledger has emitted cannot be known from its state. So where a customer is set aside, or comes back, its steps
/// are taken again; slow, exact, and seldom. Steps that are taken again are not noted.
struct PoolRun<P: Projector> {
    /// The accounts of a customer's strands.
    struct Pool {
        var state = P.State()
        /// The last folded event of its strands.
        var key = FoldKey.start
        var isQuiet = false
    }

    /// A step that failed; it belongs to a strand.
    struct Failure {
        var position: Position
        /// The event that failed; nil for a wake-up.
        var event: Position?
        var reason: String
    }

    /// What the steps of one strand have emitted.
    struct Emission {
        var totals: [Cell: Int128] = [:]
        var labels: [Cell: [UInt8]] = [:]
    }

    /// By customer; those without a folded event or failure are left out.
    private(set) var pools: [CustomerNumber: Pool] = [:]
    private(set) var emissions: [StrandNumber: Emission] = [:]
    private(set) var failures: [StrandNumber: [Failure]] = [:]
    private(set) var identity = Identity()
    /// The last folded event of each strand.
    private var lastKeys: [StrandNumber: FoldKey] = [:]

    private let log: LogReader
    private let schedule: PolicySchedule<P>
    private let traps: TrapList
    private let cut: Timestamp?
    private let first: Position
    private let strands: [StrandNumber]
    private let memory: DecisionMemory
    private let explains: Bool
    /// Events and voids that are taken as if they had never come.
    private let omitted: Set<Position>
    private var policy = Position.start
    /// A record behind the cut has been reached: nobody is woken any more (rule 11).
    private var isClosed = false
    private var keepsCopies = true
    private var stepper: Stepper<P>

    /// - Parameter strand: the steps of all that were ever connected with it are taken.
    init(
        _ fold: ViewFold<P>, with strand: StrandNumber, explains: Bool = false, without omitted: Set<Position> = []
    ) {
        log = fold.log
        schedule = fold.schedule
        traps = fold.traps
        cut = fold.cut
        first = fold.first
        memory = fold.memory
        strands = fold.memory.component(of: strand)
        self.explains = explains
        self.omitted = omitted
        stepper = Stepper(projector: schedule.projector(at: .start), traps: traps, marker: nil)
    }

    /// Takes all steps up to a position, then the wake-ups due by `bound`. O(events of the strands, and decisions).
    ///
    /// A copy of a ledger before each step costs as much as it is long: so of many steps it is found out first whether
    /// any fails, and nobody else pays for copies.
    ///
    /// - Parameter visit: called after each step and regrouping.
    mutating func fold(
        through last: Position, wakeUpsBy bound: Timestamp, visit: Visit = { _, _, _ in }
    ) throws {
        let acts = try acts(through: last)
        keepsCopies = try acts.count <= Self.shortCount || isFailing(acts, through: last, wakeUpsBy: bound)
        try take(acts, through: last, wakeUpsBy: bound, visit)
    }

    /// So few steps are taken with copies in any case.
    private static var shortCount: Int { 64 }

    /// Whether one of the steps fails.
    private func isFailing(_ acts: [Act], through last: Position, wakeUpsBy bound: Timestamp) throws -> Bool {
        var trial = self
        trial.keepsCopies = false
        do {
            try trial.take(acts, through: last, wakeUpsBy: bound) { _, _, _ in }
            return false
        } catch is CustomerRun<P>.HalfChanged {
            return true
        }
    }

    private mutating func take(
        _ acts: [Act], through last: Position, wakeUpsBy bound: Timestamp, _ visit: Visit
    ) throws {
        for act in acts {
            try changePolicy(before: act.position, visit)
            let time = try time(of: act.position)
            try fireWakes(before: act.position, visit)
            switch act.kind {
            case .event: try book(act.position, at: time, visit)
            case .void(let target): try reverse(target, by: act.position, at: time, visit)
            case .regrouping(let decision):
                regroup(decision)
                try visit(self, strands, .regrouping(decision.position, time))
            }
        }
        try changePolicy(before: last.next, visit)
        if !isClosed { try fireWakes(by: bound, visit) }
    }

    private mutating func changePolicy(before end: Position, _ visit: Visit) throws {
        while let next = schedule.change(after: policy, before: end) {
            try fireWakes(before: next, visit)
            policy = next
            stepper = Stepper(projector: schedule.projector(at: next), traps: traps, marker: nil)
        }
    }
}

/// Answers.
extension PoolRun {
    /// The steps that failed and belong to a customer's strands, the first one first.
    func failures(of strands: [StrandNumber]) -> [Failure] {
        strands.flatMap { failures[$0] ?? [] }.sorted { $0.position < $1.position }
    }

    /// What the pools hold of some strands, as if these were one customer: joining and parting move nothing (rules 23 and 25).
    /// Nil where none of them has a pool.
    func state(of strands: [StrandNumber]) -> P.State? {
        var state: P.State?
        for customer in Set(strands.map(identity.customer)).sorted() {
            guard var own = pools[customer]?.state else { continue }
            let others = identity.strands(of: customer).filter { !strands.contains($0) }
            if !others.isEmpty { _ = own.part(others) }
            if state == nil { state = own } else { state!.join(own) }
        }
        return state
    }
}

/// What there is to do.
extension PoolRun {
    private struct Act {
        enum Kind {
            case event
            case void(Position)
            case regrouping(Decision)
        }
        var position: Position
        var kind: Kind
    }

    private func acts(through last: Position) throws -> [Act] {
        var acts: [Act] = []
        for strand in strands {
            for key in try log.history(of: strand, after: .start, through: last) where key.position >= first {
                let event = try log.event(at: key.position)
                guard event.isFolded, isCounted(event.recorded), !omitted.contains(key.position) else { continue }
                acts.append(Act(position: key.position, kind: .event))
                guard let void = memory.void(of: key.position), void <= last, !omitted.contains(void),
                    isCounted(try log.recordedTime(at: void))
                else { continue }
                acts.append(Act(position: void, kind: .void(key.position)))
            }
        }
        if strands.count > 1 {
            let own = Set(strands)
            for decision in log.decisions(.start...last) {
                switch decision.act {
                case .join(let strand, _, _) where own.contains(strand),
                    .merge(let strand, _) where own.contains(strand):
                    acts.append(Act(position: decision.position, kind: .regrouping(decision)))
                case .split(let leaving) where leaving.contains(where: own.contains):
                    acts.append(Act(position: decision.position, kind: .regrouping(decision)))
                default: break
                }
            }
        }
        return acts.sorted { $0.position < $1.position }
    }

    private func isCounted(_ recorded: Timestamp) -> Bool { cut.map { recorded <= $0 } ?? true }

    private func time(of position: Position) throws -> Timestamp {
        let recorded = try log.recordedTime(at: position)
        return min(recorded, cut ?? recorded)
    }
}

/// Steps.
extension PoolRun {
    /// Called with the run as it is then, and the strands that it is about: those of the customer, or of the decision.
    typealias Visit = (PoolRun, [StrandNumber], TraceMoment<P.State>) throws -> Void

    private mutating func book(_ position: Position, at time: Timestamp, _ visit: Visit) throws {
        let (log, stepper) = (log, stepper)
        let event = try log.event(at: position)
        let strand = event.strand
        let customer = identity.customer(of: strand)
        lastKeys[strand] = stepper.key(of: event)
        pools[customer, default: Pool()].key = stepper.key(of: event)
        let isTaken = try attempt(customer, strand, event: position, at: time, visit) { state, sink in
            try stepper.fold(&state, log.event(at: position), at: time, &sink)
        }
        if isTaken { pools[customer]!.isQuiet = false }
    }

    /// An event that failed when it was folded has booked nothing: without it the strand is as if it had never been.
    private mutating func reverse(_ target: Position, by void: Position, at time: Timestamp, _ visit: Visit) throws {
        let (log, stepper) = (log, stepper)
        let strand = try log.event(at: target).strand
        let customer = identity.customer(of: strand)
        if let index = failures[strand]?.firstIndex(where: { $0.event == target }) {
            failures[strand]!.remove(at: index)
            return try visit(self, identity.strands(of: customer), moment(void, at: time, of: customer))
        }
        let isTaken = try attempt(customer, strand, event: void, at: time, visit) { state, sink in
            try stepper.reverse(&state, log.event(at: target), voidedBy: log.event(at: void), at: time, &sink)
        }
        if isTaken { pools[customer]!.isQuiet = false }
    }

    /// What a step looks like that was taken, or has left the state as it is.
    private func moment(
        _ event: Position?, at time: Timestamp, of customer: CustomerNumber, rules: [Rule] = [],
        details: [any Sendable] = []
    ) -> TraceMoment<P.State> {
        .step(
            Step(
                event: event, time: time, after: pools[customer]!.state, rules: rules, details: details,
                policy: schedule.active(at: policy).position))
    }

    /// Fires what is due before the record at a position.
    private mutating func fireWakes(before position: Position, _ visit: Visit) throws {
        guard !isClosed else { return }
        try fireWakes(by: time(of: position), visit)
        isClosed = !isCounted(try log.recordedTime(at: position))
    }

    /// Fires what is due by `time`, in the order of (due, customer).
    private mutating func fireWakes(by time: Timestamp, _ visit: Visit) throws {
        let stepper = stepper
        while let next = nextWake(by: time) {
            let least = StrandNumber(rawValue: next.customer.rawValue)
            let isTaken = try attempt(next.customer, least, event: nil, at: next.due, visit) { state, sink in
                try stepper.wake(&state, due: next.due, of: next.customer, &sink)
            }
            if !isTaken { pools[next.customer]!.isQuiet = true }
        }
    }

    private func nextWake(by time: Timestamp) -> (due: Timestamp, customer: CustomerNumber)? {
        var next: (due: Timestamp, customer: CustomerNumber)?
        for (customer, pool) in pools where !pool.isQuiet {
            guard let due = stepper.projector.nextWake(pool.state), due <= time else { continue }
            if next == nil || (due, customer) < next! { next = (due, customer) }
        }
        return next
    }

    /// Takes a step, of which nothing is left if it fails; says whether it did not.
    ///
    /// - Throws: `HalfChanged` where it fails and no copy was kept.
    private mutating func attempt(
        _ customer: CustomerNumber, _ strand: StrandNumber, event: Position?, at time: Timestamp, _ visit: Visit,
        _ step: (inout P.State, inout Sink) throws -> Void
    ) throws -> Bool {
        let before = keepsCopies ? pools[customer]!.state : nil
        var sink = Sink(explains: explains)
        do {
            try step(&pools[customer]!.state, &sink)
        } catch {
            guard let before else { throw CustomerRun<P>.HalfChanged() }
            pools[customer]!.state = before
            let position = event ?? pools[customer]!.key.position
            failures[strand, default: []].append(Failure(position: position, event: event, reason: "\(error)"))
            try visit(self, [strand], .failure(event, time, reason: "\(error)"))
            return false
        }
        emissions[strand, default: Emission()].take(sink)
        try visit(
            self, identity.strands(of: customer),
            moment(event, at: time, of: customer, rules: sink.rules, details: sink.details))
        return true
    }

    private mutating func regroup(_ decision: Decision) {
        switch decision.act {
        case .join(let a, let b, _), .merge(let a, let b):
            let (first, second) = (identity.customer(of: a), identity.customer(of: b))
            guard first != second else { break }
            let (kept, gone) = (min(first, second), max(first, second))
            guard let moving = pools.removeValue(forKey: gone) else { break }
            pools[kept]?.join(moving)
            if pools[kept] == nil { pools[kept] = moving }
            pools[kept]!.isQuiet = false
        case .split(let leaving): part(leaving)
        case .void: break
        }
        identity.apply(decision)
    }

    private mutating func part(_ leaving: [StrandNumber]) {
        let customer = identity.customer(of: leaving[0])
        let staying = identity.strands(of: customer).filter { !leaving.contains($0) }
        guard var pool = pools.removeValue(forKey: customer) else { return }
        let parted = pool.state.part(leaving)
        for (strands, state) in [(staying, pool.state), (leaving, parted)] {
            guard let least = strands.first else { continue }
            let key = strands.compactMap { lastKeys[$0] }.max() ?? .start
            guard key != .start || strands.contains(where: { failures[$0]?.isEmpty == false }) else { continue }
            pools[CustomerNumber(rawValue: least.rawValue)] = Pool(state: state, key: key)
        }
    }
}

extension PoolRun.Pool {
    fileprivate mutating func join(_ other: Self) {
        state.join(other.state)
        key = max(key, other.key)
    }
}

extension PoolRun.Emission {
    fileprivate mutating func take(_ sink: borrowing Sink) {
        for contribution in sink.contributions { totals[contribution.cell, default: 0] += Int128(contribution.amount) }
        for (cell, label) in sink.labels { labels[cell] = label }
    }
}

extension CellTable {
    /// Moves what the steps of a strand have emitted into the totals, or out of them.
    mutating func apply<P>(_ emission: PoolRun<P>.Emission, _ sign: Sign) {
        for (cell, total) in emission.totals { add(sign.rawValue * total, to: cell) }
        if sign == .add {
            for (cell, label) in emission.labels { setLabel(label, of: cell) }
        }
    }
}
