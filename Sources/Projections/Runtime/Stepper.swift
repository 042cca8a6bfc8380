import Touchpoints

/// One projector's steps with the rules that every step must keep; used by the fast path, by folds again and by traces.
struct Stepper<P: Projector> {
    let projector: P
    let traps: TrapList
    /// Told before each step, so that a step which ends the process can be named afterwards.
    let marker: FoldingMarker?

    /// The time of an event's step: t in occurred order, the recorded time in recorded order.
    @inline(__always)
    func key(of event: borrowing EventView) -> FoldKey {
        P.order == .occurred
            ? event.foldKey : FoldKey(time: event.recorded, sequence: 0, position: event.position)
    }

    /// Folds one event, all wake-ups due before it having fired.
    @inline(__always)
    func fold(_ state: inout P.State, _ event: borrowing EventView, at time: Timestamp, _ sink: inout Sink) throws {
        if !traps.events.isEmpty, traps.events.contains(event.position) { throw PoisonError.trapped }
        marker?.noteEvent(event.position)
        try projector.fold(&state, event, &sink)
        if let due = projector.nextWake(state), due <= time { throw PoisonError.wakeNotLater(asked: due, step: time) }
        guard P.hasEffects, !sink.effects.isEmpty else { return }
        let cause = Effect.Cause(time: event.time, position: event.position, strand: event.strand)
        sink.sealEffects(event.flags.contains(.backfill) ? nil : cause)
    }

    /// Takes back what an event has booked, all wake-ups due before the record that voids it having fired.
    func reverse(
        _ state: inout P.State, _ event: borrowing EventView, voidedBy void: borrowing EventView, at time: Timestamp,
        _ sink: inout Sink
    ) throws {
        if !traps.events.isEmpty, traps.events.contains(void.position) { throw PoisonError.trapped }
        try projector.reverse(&state, event, voidedBy: void, &sink)
        if let due = projector.nextWake(state), due <= time { throw PoisonError.wakeNotLater(asked: due, step: time) }
    }

    /// Fires the one wake-up that is due.
    func wake(
        _ state: inout P.State, due: Timestamp, of customer: CustomerNumber, _ sink: inout Sink
    ) throws {
        if !traps.wakes.isEmpty, traps.wakes.contains(.init(customer: customer, due: due)) { throw PoisonError.trapped }
        marker?.noteWake(of: customer, due: due)
        try projector.wake(&state, due: due, &sink)
        if let next = projector.nextWake(state), next <= due { throw PoisonError.wakeNotLater(asked: next, step: due) }
        guard P.hasEffects, !sink.effects.isEmpty else { return }
        sink.sealEffects(.init(time: due, position: .start, strand: StrandNumber(rawValue: customer.rawValue)))
    }
}
