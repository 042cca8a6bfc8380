import Projections
import Touchpoints

/// What a view must hold: the slow fold of everything, from plain records (rules 1 to 6, 14, 17 to 25, 34 and 35).
///
/// No batches, no snapshots, nothing kept: for each answer the whole log is read again. Only the meaning of the view,
/// its projector, is shared with the runtime.
struct Canon: Equatable {
    /// The bytes of each customer's state, by number.
    var states: [UInt32: [UInt8]] = [:]
    var setAside: Set<UInt32> = []
    var totals: [Cell: Int128] = [:]
    var labels: [Cell: [UInt8]] = [:]
    /// Wake-ups that fired.
    var wakeCount = 0
    /// A customer at whose joining something was moved, which parting does not bring back (rule 23).
    var movedByJoin: UInt32?

    /// - Parameters:
    ///   - records: the log up to the position at which the view is known, not empty.
    ///   - policies: the policies of these records, ascending.
    ///   - cut: the time of an as-of answer; nil: the clock.
    init<P: Projector>(_: P.Type, _ records: [Record], _ policies: [ActivePolicy], cut: Timestamp? = nil) {
        switch P.order {
        case .occurred: self = Timeline<P>(records, policies[policies.count - 1], cut: cut).folded()
        case .recorded: self = Booked<P>(records, policies, cut: cut).folded()
        }
        totals = totals.filter { $0.value != 0 }
        labels = labels.filter { totals[$0.key] != nil }
    }

    init() {}

    mutating func add(_ emission: Emission, sign: Int128 = 1) {
        for (cell, amount) in emission.amounts { totals[cell, default: 0] += sign * amount }
        labels.merge(emission.labels) { first, _ in first }
    }
}

/// What steps add to totals.
struct Emission {
    var amounts: [Cell: Int128] = [:]
    var labels: [Cell: [UInt8]] = [:]

    mutating func add(_ sink: borrowing Sink) {
        for (cell, amount) in sink.emitted { amounts[cell, default: 0] += Int128(amount) }
        for (cell, label) in sink.emittedLabels { labels[cell] = label }
    }

    mutating func add(_ other: Emission) {
        amounts.merge(other.amounts, uniquingKeysWith: +)
        labels.merge(other.labels) { first, _ in first }
    }
}

/// One state on its way through its steps.
struct Walker<P: Projector> {
    struct WakesTooEarly: Error {}

    var state = P.State()
    /// A wake-up has failed: none fires before the next event that is taken.
    var isQuiet = false
    var wakeCount = 0

    /// One step, which changes nothing where it fails; what it emitted, nil if it failed.
    ///
    /// A state that wants to be woken must want it later than the step (rule 3).
    mutating func step(
        _ projector: P, at time: Timestamp, _ body: (inout P.State, inout Sink) throws -> Void
    ) -> Emission? {
        var sink = Sink()
        var next = state
        do {
            try body(&next, &sink)
            if let due = projector.nextWake(next), due <= time { throw WakesTooEarly() }
        } catch {
            return nil
        }
        state = next
        var emission = Emission()
        emission.add(sink)
        return emission
    }

    /// Fires what is due by `bound`, one after the other; `emit` gets what each emitted, nil where it failed.
    mutating func wake(_ projector: P, by bound: Timestamp, emit: (Emission?) -> Void) {
        while !isQuiet, let due = projector.nextWake(state), due <= bound {
            wakeCount += 1
            let emission = step(projector, at: due) { try projector.wake(&$0, due: due, &$1) }
            if emission == nil { isQuiet = true }
            emit(emission)
        }
    }

    var bytes: [UInt8] {
        var writer = ByteWriter()
        state.encode(into: &writer)
        return writer.bytes
    }
}
