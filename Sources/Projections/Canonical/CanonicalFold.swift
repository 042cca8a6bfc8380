public import Touchpoints

/// The slow, obvious fold of one customer: what every fast path must equal, bit for bit (rules 1 to 5 and 34 of
/// ARCHITECTURE section 10).
///
/// No snapshots, no batches, nothing kept: all events in order, each wake-up when it is due. `verify --deep` and the
/// tests hold the runtime against it.
public struct CanonicalFold<P: Projector> {
    /// What the fold ends with.
    public struct Outcome {
        /// nil for a customer without folded events.
        public var state: P.State?
        /// What the customer adds to the totals, its standing contribution included; empty while it is set aside.
        public var totals: [Cell: Int128] = [:]
        /// Why the customer is set aside, nil if it is not.
        public var failure: String?
    }

    let policies: [ActivePolicy]
    let traps: TrapList
    let customer: CustomerNumber

    /// - Parameter policies: ascending by position; in occurred order the one that the view folds under.
    public init(policies: [ActivePolicy], customer: CustomerNumber) {
        self.init(policies: policies, traps: TrapList(), customer: customer)
    }

    init(policies: [ActivePolicy], traps: TrapList, customer: CustomerNumber) {
        self.policies = policies
        self.traps = traps
        self.customer = customer
    }

    /// Folds events that are already in the view's order.
    ///
    /// - Parameters:
    ///   - keys: the order; in recorded order `time` is the recorded time.
    ///   - clock: wake-ups due by it fire after the last event.
    ///   - recordedTime: the recorded time of a position, asked for the activations of policies.
    ///   - read: gives `body` the event at a position.
    public func fold(
        _ keys: [FoldKey], clock: Timestamp, recordedTime: (Position) throws -> Timestamp = { _ in .epoch },
        read: (Position, (borrowing EventView) throws -> Void) throws -> Void
    ) throws -> Outcome {
        guard !keys.isEmpty else { return Outcome() }
        var outcome = Outcome()
        var state = P.State()
        var projector = P(policies[0])
        var isQuiet = false

        func attempt(_ step: (inout P.State, inout Sink) throws -> Void, at time: Timestamp) -> Bool {
            let before = state
            var sink = Sink()
            do {
                try step(&state, &sink)
                if let due = projector.nextWake(state), due <= time {
                    throw PoisonError.wakeNotLater(asked: due, step: time)
                }
            } catch {
                state = before
                if outcome.failure == nil { outcome.failure = "\(error)" }
                return false
            }
            for contribution in sink.contributions {
                outcome.totals[contribution.cell, default: 0] += Int128(contribution.amount)
            }
            return true
        }
        func wake(by bound: Timestamp) {
            while !isQuiet, let due = projector.nextWake(state), due <= bound {
                isQuiet = !attempt(
                    { state, sink in
                        if traps.wakes.contains(.init(customer: customer, due: due)) { throw PoisonError.trapped }
                        try projector.wake(&state, due: due, &sink)
                    }, at: due)
            }
        }

        var changes = P.order == .recorded ? policies.dropFirst() : []
        func changePolicy(before end: Position?) throws {
            while let next = changes.first, end == nil || next.position < end! {
                wake(by: min(clock, try recordedTime(next.position)))
                projector = P(next)
                changes.removeFirst()
            }
        }
        for key in keys {
            try changePolicy(before: key.position)
            wake(by: key.time)
            try read(key.position) { event in
                let position = event.position
                let isTaken = attempt(
                    { state, sink in
                        if traps.events.contains(position) { throw PoisonError.trapped }
                        try projector.fold(&state, event, &sink)
                    }, at: key.time)
                if isTaken { isQuiet = false }
            }
        }
        try changePolicy(before: nil)
        wake(by: clock)

        outcome.state = state
        if outcome.failure == nil {
            var sink = Sink()
            projector.standing(state, &sink)
            for contribution in sink.contributions {
                outcome.totals[contribution.cell, default: 0] += Int128(contribution.amount)
            }
            outcome.totals = outcome.totals.filter { $0.value != 0 }
        } else {
            outcome.totals = [:]
        }
        return outcome
    }
}
