import EventLog
import Touchpoints

/// What a trace comes past on its way through a customer's history.
enum TraceMoment<State: ViewState> {
    case step(Step<State>)
    /// In recorded order: a decision has regrouped accounts.
    case regrouping(Position, Timestamp)
    /// A step that failed, and was skipped; nil: a wake-up.
    case failure(Position?, Timestamp, reason: String)
}

/// Folds one customer step by step, with the rules that each step names.
struct StepTrace<P: Projector> {
    /// Called with what has happened, whether it was with a customer that held strands of this one, and the state of the
    /// customer's strands after it.
    typealias Visit = (TraceMoment<P.State>, _ isOwn: Bool, _ state: () -> P.State?) throws -> Void

    private let fold: ViewFold<P>
    private let customer: CustomerNumber
    private let omitted: Set<Position>
    private let restored: FoldKey?

    /// - Parameters:
    ///   - omitted: events that are taken as if they had never come; in recorded order also voids.
    ///   - restored: an event that was voided and is taken as if it were not; in occurred order only.
    init(
        _ fold: ViewFold<P>, _ customer: CustomerNumber, without omitted: Set<Position> = [],
        with restored: FoldKey? = nil
    ) {
        self.fold = fold
        self.customer = customer
        self.omitted = omitted
        self.restored = restored
    }

    /// O(events of the customer). Returns whether a step has failed for good, so that the customer is set aside.
    @discardableResult
    func run(_ visit: Visit) throws -> Bool {
        guard P.order == .occurred else { return try runLedger(visit) }
        let log = fold.log
        let policy = fold.schedule.active(at: fold.checkpoint).position
        let stepper = Stepper(projector: fold.schedule.projector(at: .start), traps: fold.traps, marker: nil)
        var state = P.State()
        var sink = Sink(explains: true)
        var (isQuiet, hasFailed) = (false, false)

        /// Takes a step; says whether it did not fail.
        func take(_ event: Position?, at time: Timestamp, _ step: (inout P.State) throws -> Void) throws -> Bool {
            let before = state
            sink.discard()
            do {
                try step(&state)
            } catch {
                state = before
                hasFailed = true
                try visit(.failure(event, time, reason: "\(error)"), true) { state }
                return false
            }
            let taken = Step(
                event: event, time: time, after: state, rules: sink.rules, details: sink.details, policy: policy)
            try visit(.step(taken), true) { state }
            return true
        }
        func wake(by bound: Timestamp) throws {
            while !isQuiet, let due = stepper.projector.nextWake(state), due <= bound {
                isQuiet = try !take(nil, at: due) { try stepper.wake(&$0, due: due, of: customer, &sink) }
            }
        }
        for key in try keys() {
            try wake(by: key.time)
            let isTaken = try take(key.position, at: key.time) { state in
                try stepper.fold(&state, log.event(at: key.position), at: key.time, &sink)
            }
            if isTaken { isQuiet = false }
        }
        try wake(by: fold.clock)
        return hasFailed
    }

    private func keys() throws -> [FoldKey] {
        let keys = try fold.keys(of: customer, through: fold.checkpoint) + (restored.map { [$0] } ?? [])
        return keys.filter { !omitted.contains($0.position) }.inFoldOrder
    }

    /// The steps of all strands that were ever connected with the customer's.
    private func runLedger(_ visit: Visit) throws -> Bool {
        let strands = fold.identity.strands(of: customer)
        let own = Set(strands)
        var run = PoolRun(fold, with: StrandNumber(rawValue: customer.rawValue), explains: true, without: omitted)
        try run.fold(through: fold.checkpoint, wakeUpsBy: fold.clock) { run, concerned, moment in
            try visit(moment, concerned.contains(where: own.contains)) { run.state(of: strands) }
        }
        return !run.failures(of: strands).isEmpty
    }
}
