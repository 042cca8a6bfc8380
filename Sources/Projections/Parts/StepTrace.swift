import Touchpoints

/// Folds one customer step by step, with the rules that each step names.
struct StepTrace<P: Projector> {
    let fold: ViewFold<P>
    let customer: CustomerNumber

    func run(_ body: (Step<P.State>) throws -> Void) throws {
        guard P.order == .occurred else { return try runLedger(body) }
        let keys = try fold.keys(of: customer, through: fold.checkpoint)
        let log = fold.log
        var state = P.State()
        var sink = Sink(explains: true)
        var isQuiet = false
        var policyPosition = Position.start
        var stepper = self.stepper(behind: .start)

        func report(_ event: Position?, _ time: Timestamp, _ before: P.State) throws {
            let rules = sink.rules.map { "\($0.name)" }
            try body(Step(event: event, time: time, before: before, after: state, rules: rules))
        }
        func wake(by bound: Timestamp) throws {
            while !isQuiet, let due = stepper.projector.nextWake(state), due <= bound {
                let before = state
                sink.discard()
                do {
                    try stepper.wake(&state, due: due, of: customer, &sink)
                } catch {
                    state = before
                    isQuiet = true
                    return
                }
                try report(nil, due, before)
            }
        }
        func changePolicy(before end: Position) throws {
            while let change = fold.schedule.change(after: policyPosition, before: end) {
                try wake(by: min(fold.clock, try log.recordedTime(at: change)))
                policyPosition = change
                stepper = self.stepper(behind: change)
            }
        }
        for key in keys {
            try changePolicy(before: key.position)
            try wake(by: key.time)
            let event = try log.event(at: key.position)
            let before = state
            sink.discard()
            do {
                try stepper.fold(&state, event, at: key.time, &sink)
            } catch {
                state = before
                continue
            }
            isQuiet = false
            try report(key.position, key.time, before)
        }
        try changePolicy(before: fold.checkpoint.next)
        try wake(by: fold.clock)
    }

    /// The steps of every customer that held any of the strands then.
    private func runLedger(_ body: (Step<P.State>) throws -> Void) throws {
        let own = Set(fold.identity.strands(of: customer))
        var run = PoolRun(fold, with: StrandNumber(rawValue: customer.rawValue), explains: true)
        try run.fold(through: fold.checkpoint, wakeUpsBy: fold.clock) { strands, step in
            if strands.contains(where: own.contains) { try body(step) }
        }
    }

    private func stepper(behind position: Position) -> Stepper<P> {
        Stepper(projector: fold.schedule.projector(at: position), traps: fold.traps, marker: nil)
    }
}
