import EventLog
import Touchpoints

/// One fold of one customer's events from a known state on: how late events are folded in their place.
///
/// A failed step may have left its state half changed. So the first failure starts the run again, this time with a
/// copy of the state kept before each event: customers without failures, nearly all, pay for no copies.
struct CustomerRun<P: Projector> {
    /// Where a run starts, and what a snapshot keeps: the state right after an event.
    struct Start {
        var key = FoldKey.start
        var state = P.State()
        var poisoned: UInt32 = 0
    }

    /// What a run ends with.
    struct End {
        var key: FoldKey
        /// After the last event and the wake-ups up to the bound.
        var state: P.State
        var poisoned: UInt32
        var isQuiet = false
        var failure: (position: Position, reason: String)?
    }

    let schedule: PolicySchedule<P>
    let traps: TrapList
    let log: LogReader
    let customer: CustomerNumber

    init(_ fold: ViewFold<P>, _ customer: CustomerNumber) {
        schedule = fold.schedule
        traps = fold.traps
        log = fold.log
        self.customer = customer
    }

    /// Steps that are folded again are not noted: where one ends the process now, the new event is to blame, and
    /// without it they are as they were.
    private func stepper(behind position: Position) -> Stepper<P> {
        Stepper(projector: schedule.projector(at: position), traps: traps, marker: nil)
    }

    /// Folds `keys` from `start` on, and fires the wake-ups due by `bound` after the last.
    ///
    /// At most two passes over the keys.
    ///
    /// - Parameters:
    ///   - last: policies that were activated behind the last key, up to here, are in force for the last wake-ups.
    ///   - visit: called right after each event with the state then; returning true ends the run there.
    ///   - sink: collects what the steps emit; on return it holds exactly that of the steps that count.
    func fold(
        from start: Start, _ keys: some Collection<FoldKey>, through last: Position, wakeUpsBy bound: Timestamp,
        into sink: inout Sink, visit: (FoldKey, P.State, _ poisoned: UInt32) throws -> Bool = { _, _, _ in false }
    ) throws -> End {
        var keepsCopies = false
        retry: while true {
            sink.discard()
            var end = End(key: start.key, state: start.state, poisoned: start.poisoned)
            var change = start.key.position
            var stepper = stepper(behind: change)
            func changePolicy(
                before position: Position, wakeUpsBy bound: Timestamp, _ end: inout End, _ sink: inout Sink
            ) throws {
                while let next = schedule.change(after: change, before: position) {
                    fireWakes(of: &end, by: min(bound, try log.recordedTime(at: next)), stepper, &sink)
                    change = next
                    stepper = self.stepper(behind: next)
                }
            }
            for key in keys {
                try changePolicy(before: key.position, wakeUpsBy: key.time, &end, &sink)
                fireWakes(of: &end, by: key.time, stepper, &sink)
                end.key = key
                let before = keepsCopies ? end.state : nil
                let event = try log.event(at: key.position)
                let mark = sink.contributions.count
                do {
                    try stepper.fold(&end.state, event, at: key.time, &sink)
                    end.isQuiet = false
                } catch {
                    guard let before else {
                        keepsCopies = true
                        continue retry
                    }
                    sink.discard(downTo: mark)
                    end.state = before
                    end.poison(at: key.position, "\(error)")
                }
                if try visit(key, end.state, end.poisoned) { return end }
            }
            try changePolicy(before: last.next, wakeUpsBy: bound, &end, &sink)
            fireWakes(of: &end, by: bound, stepper, &sink)
            return end
        }
    }

    /// Fires what is due by `bound`. A failing wake-up changes nothing and silences the rest.
    private func fireWakes(of end: inout End, by bound: Timestamp, _ stepper: Stepper<P>, _ sink: inout Sink) {
        while !end.isQuiet, let due = stepper.projector.nextWake(end.state), due <= bound {
            let before = end.state
            let mark = sink.contributions.count
            do {
                try stepper.wake(&end.state, due: due, of: customer, &sink)
            } catch {
                sink.discard(downTo: mark)
                end.state = before
                end.isQuiet = true
                end.poison(at: end.key.position, "wake-up due at \(due): \(error)")
            }
        }
    }
}

extension CustomerRun.End {
    mutating func poison(at position: Position, _ reason: String) {
        poisoned += 1
        if failure == nil { failure = (position, reason) }
    }
}
