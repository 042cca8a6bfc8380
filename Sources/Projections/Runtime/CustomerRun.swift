import EventLog
import Touchpoints

/// One fold of one customer's events from a known state on: how late events are folded in their place.
///
/// Events that fail are found on the way; the run then starts again without them, since a failed step may have left
/// its state half changed.
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
        var base: P.State?
        var lastDue = Timestamp.distantPast
        var poisoned: UInt32
        var isQuiet = false
        var failure: (position: Position, reason: String)?
    }

    let schedule: PolicySchedule<P>
    let traps: TrapList
    let marker: FoldingMarker?
    let log: LogReader
    let customer: CustomerNumber

    init(_ fold: ViewFold<P>, _ customer: CustomerNumber) {
        schedule = fold.schedule
        traps = fold.traps
        marker = fold.marker
        log = fold.log
        self.customer = customer
    }

    private func stepper(behind position: Position) -> Stepper<P> {
        Stepper(projector: schedule.projector(at: position), traps: traps, marker: marker)
    }

    /// Folds `keys` from `start` on, and fires the wake-ups due by `bound` after the last.
    ///
    /// - Parameters:
    ///   - visit: called right after each event with the state then; returning true ends the run there.
    ///   - sink: collects what the steps emit; on return it holds exactly that of the steps that count.
    func fold(
        from start: Start, _ keys: some Collection<FoldKey>, wakeUpsBy bound: Timestamp, into sink: inout Sink,
        visit: (FoldKey, P.State, _ poisoned: UInt32) throws -> Bool = { _, _, _ in false }
    ) throws -> End {
        var skipped: [Position: String] = [:]
        retry: while true {
            sink.discard()
            var end = End(key: start.key, state: start.state, base: nil, poisoned: start.poisoned)
            var change = start.key.position
            var stepper = stepper(behind: change)
            for key in keys {
                while let next = schedule.change(after: change, before: key.position) {
                    fireWakes(of: &end, by: try log.recordedTime(at: next), stepper, &sink)
                    change = next
                    stepper = self.stepper(behind: next)
                }
                fireWakes(of: &end, by: key.time, stepper, &sink)
                end.key = key
                if let reason = skipped[key.position] {
                    end.poison(at: key.position, reason)
                } else {
                    let event = try log.event(at: key.position)
                    let mark = sink.contributions.count
                    do {
                        try stepper.fold(&end.state, event, at: key.time, &sink)
                        end.isQuiet = false
                    } catch {
                        sink.discard(downTo: mark)
                        skipped[key.position] = "\(error)"
                        continue retry
                    }
                }
                if try visit(key, end.state, end.poisoned) { return end }
            }
            let base = end.state
            if fireWakes(of: &end, by: bound, stepper, &sink) { end.base = base }
            return end
        }
    }

    /// Fires what is due by `bound`; true when any fired. A failing wake-up changes nothing and silences the rest.
    @discardableResult
    private func fireWakes(
        of end: inout End, by bound: Timestamp, _ stepper: Stepper<P>, _ sink: inout Sink
    ) -> Bool {
        var fired = false
        while !end.isQuiet, let due = stepper.projector.nextWake(end.state), due <= bound {
            let before = end.state
            let mark = sink.contributions.count
            fired = true
            end.lastDue = due
            do {
                try stepper.wake(&end.state, due: due, of: customer, &sink)
            } catch {
                sink.discard(downTo: mark)
                end.state = before
                end.isQuiet = true
                end.poison(at: end.key.position, "wake-up due at \(due): \(error)")
            }
        }
        return fired
    }
}

extension CustomerRun.End {
    mutating func poison(at position: Position, _ reason: String) {
        poisoned += 1
        if failure == nil { failure = (position, reason) }
    }
}
