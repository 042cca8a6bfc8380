public import Policies
public import Projections
public import Touchpoints

/// In which stage of its life with the company each customer is, since when, and why.
///
/// The stages are the policy's; the first that fits is the customer's (``StageRules``). A customer comes to a stage at
/// an event, or when a civil day begins on which it fits for the first time: the view wakes on exactly those days.
/// One step moves at most one stage on; where the new stage itself makes another fit, that is seen at the next event
/// or day. Orders are those of ``Orders``, open complaints those of ``OpenComplaints``.
public struct Lifecycle: Projector {
    public static let name = "lifecycle"
    public static let version = 1
    public static let forgets = false
    public static let hasEffects = true

    let zone: ZoneTable
    let rules: StageRules
    let stageNames: [String]
    /// By stage, why a customer is in it: the conditions of each of its alternatives.
    let reasons: [[String]]

    public init(_ active: ActivePolicy) {
        zone = active.zone
        rules = StageRules(active.policy.lifecycle)
        let stages = active.policy.lifecycle.stages
        stageNames = stages.map(\.name)
        reasons = stages.map { stage in (0..<max(1, stage.alternatives.count)).map { stage.reason(alternative: $0) } }
    }

    public static func reads(_ policy: Policy) -> String { policy.canonical(of: [.timeZone, .lifecycle]) }

    public func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        guard state.stage == 0 || !state.isSettled || rules.concerns(event) else { return }
        let day = zone.day(of: event.time)
        // Until the day of the next wake-up only what the conditions ask about can change the stage.
        if try state.take(event, on: day, rules, &sink) || !state.isSettled {
            move(&state, at: event.time, on: day, &sink)
        }
    }

    public func nextWake(_ state: State) -> Timestamp? { state.due }

    public func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) {
        move(&state, at: due, on: zone.day(of: due), &sink)
    }

    public func standing(_ state: State, _ sink: inout Sink) {
        sink.add(to: Cell(Table.customers, UInt64(state.stage)))
    }

    /// Totals. Stages are numbered from 1 in the order of the policy; 0 is before the first.
    enum Table {
        /// Customers in a stage.
        static let customers: UInt8 = 1
        /// Changes from one stage to another: a = ``change(from:to:)``.
        static let changes: UInt8 = 2
        /// The time spent in the stage left: a = the change, b = a bin of ``LogBins``.
        static let stays: UInt8 = 3

        static func change(from: UInt8, to: UInt8) -> UInt64 { UInt64(from) << 8 | UInt64(to) }
    }
}

/// Stages.
extension Lifecycle {
    /// Finds the stage on a day, moves there, and sets the next day on which to look again.
    private func move(_ state: inout State, at time: Timestamp, on day: CivilDay, _ sink: inout Sink) {
        var moment = StageMoment(state, on: day, zone)
        let fit = rules.firstFit(at: moment, state.orders)
        let found = (stage: rules.alternatives[fit].stage, index: rules.alternatives[fit].index)
        state.isSettled = found.stage == state.stage
        if !state.isSettled {
            let change = Table.change(from: state.stage, to: found.stage)
            sink.add(to: Cell(Table.changes, change))
            if state.stage != 0 { sink.add(to: Cell(Table.stays, change, LogBins.bin(of: time - state.since))) }
            state.previous = state.stage
            state.stage = found.stage
            state.alternative = found.index
            state.since = time
            rules.explain(fit, &sink)
            tell(&sink, from: state.previous, to: state.stage)
            moment = StageMoment(state, on: day, zone)
            state.isSettled = rules.alternatives[rules.firstFit(at: moment, state.orders)].stage == state.stage
        }
        let next = state.isSettled ? rules.nextDay(after: moment, state.orders) : day + 1
        state.due = next.map(zone.firstInstant)
    }

    /// `from` is left out where a customer came new.
    private func tell(_ sink: inout Sink, from old: UInt8, to new: UInt8) {
        func name(_ stage: UInt8) -> EffectValue { .text(stageNames[Int(stage) - 1]) }
        if old == 0 {
            sink.effect(Self.stageChanged, ["to": name(new)])
        } else {
            sink.effect(Self.stageChanged, ["from": name(old), "to": name(new)])
        }
    }

    private static let stageChanged = Rule("stage-changed")
}
