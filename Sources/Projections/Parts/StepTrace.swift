import Touchpoints

/// Folds one customer step by step, with the rules that each step names.
struct StepTrace<P: Projector> {
    let fold: ViewFold<P>
    let customer: CustomerNumber

    func run(_ body: (Step<P.State>) throws -> Void) throws {
        let keys = try fold.keys(of: customer, after: .start, through: fold.checkpoint)
        let log = fold.log
        var state = P.State()
        var sink = Sink(explains: true)
        var isQuiet = false
        var policyPosition = Position.start
        var stepper = self.stepper(behind: .start)

        func attempt(_ event: Position?, _ time: Timestamp, _ step: (inout P.State) throws -> Void) throws -> Bool {
            let before = state
            sink.discard()
            do { try step(&state) } catch {
                state = before
                return false
            }
            try body(
                Step(
                    event: event, time: time, before: before, after: state,
                    rules: sink.rules.map { "\($0.name)" }))
            return true
        }
        func wake(by bound: Timestamp) throws {
            while !isQuiet, let due = stepper.projector.nextWake(state), due <= bound {
                isQuiet = try !attempt(nil, due) { try stepper.wake(&$0, due: due, of: customer, &sink) }
            }
        }
        func changePolicy(before end: Position) throws {
            while let change = fold.schedule.change(after: policyPosition, before: end) {
                try wake(by: log.recordedTime(at: change))
                policyPosition = change
                stepper = self.stepper(behind: change)
            }
        }
        for key in keys {
            try changePolicy(before: key.position)
            try wake(by: key.time)
            let isTaken = try attempt(key.position, key.time) {
                try stepper.fold(&$0, log.event(at: key.position), at: key.time, &sink)
            }
            if isTaken { isQuiet = false }
        }
        try changePolicy(before: fold.checkpoint.next)
        try wake(by: fold.clock)
    }

    private func stepper(behind position: Position) -> Stepper<P> {
        Stepper(projector: fold.schedule.projector(at: position), traps: fold.traps, marker: nil)
    }
}
