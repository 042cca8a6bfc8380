import Policies
import Projections
import Touchpoints

/// The stages of a policy, ready to be asked: which one a customer is in, and until when that is sure.
struct StageRules: Sendable {
    /// One set of conditions of a stage.
    struct Alternative: Sendable {
        /// The number of the stage, from 1.
        var stage: UInt8
        /// Its place among the stage's.
        var index: UInt8
        /// nil: it always fits.
        var conditions: StageConditions?
        /// The numbers of `conditions.previousStages`.
        var previous: [UInt8]?
    }

    /// In the order in which they are tried; the last has no conditions.
    let alternatives: [Alternative]
    /// The conditions of each alternative, for whoever asks why.
    private let reasons: [[Rule]]
    private let spendWindowDays: Int
    let asksForTouchpoints: Bool

    init(_ policy: LifecyclePolicy) {
        alternatives = policy.stages.enumerated().flatMap { number, stage in
            let stageNumber = UInt8(number + 1)
            if stage.alternatives.isEmpty { return [Alternative(stage: stageNumber, index: 0)] }
            return stage.alternatives.enumerated().map { index, conditions in
                Alternative(
                    stage: stageNumber, index: UInt8(index), conditions: conditions,
                    previous: conditions.previousStages.map { $0.compactMap(policy.index).map { UInt8($0 + 1) } })
            }
        }
        reasons = alternatives.map { $0.conditions?.descriptions.map(\.rule) ?? [] }
        spendWindowDays = policy.spendWindowDays
        asksForTouchpoints = alternatives.contains { $0.conditions?.daysSinceLastTouchpoint != nil }
    }

    /// Whether an event can change the stage of a customer who has settled in one.
    func concerns(_ event: borrowing EventView) -> Bool {
        switch event.type {
        case .orderPaid, .orderRefunded, .orderCancelled, .complaintRaised, .complaintReopened, .complaintResolved,
            .surveyAnswered:
            true
        default: asksForTouchpoints && event.isTouchpoint
        }
    }

    /// Names the conditions of an alternative.
    func explain(_ index: Int, _ sink: inout Sink) {
        for rule in reasons[index] { sink.because(rule) }
    }

    /// The index of the first alternative that holds: the stage is its. O(conditions).
    func firstFit(at moment: StageMoment, _ orders: Orders) -> Int {
        let alternatives = alternatives.span
        for index in alternatives.indices {
            guard let days = days(of: alternatives[index], moment), days.contains(moment.day) else { continue }
            guard let bounds = alternatives[index].conditions?.spendChangePercent else { return index }
            if SpendChange(orders, on: moment.day, windowDays: spendWindowDays).fits(bounds) { return index }
        }
        preconditionFailure("the last stage of a policy always fits")
    }

    /// The next day on which the stage may change by itself; nil if it never does.
    ///
    /// The stage must be the first that fits. It then changes only when it ends to fit, or when one before it begins
    /// to: later stages need no look.
    func nextDay(after moment: StageMoment, _ orders: Orders) -> CivilDay? {
        var next = Int.max
        let today = Int(moment.day.rawValue)
        let alternatives = alternatives.span
        for index in alternatives.indices where alternatives[index].stage <= moment.stage {
            guard let days = days(of: alternatives[index], moment), days.last >= today else { continue }
            if days.first > today {
                next = min(next, days.first)
                continue
            }
            if days.last != .max { next = min(next, days.last + 1) }
            if alternatives[index].conditions?.spendChangePercent != nil,
                let day = SpendChange.nextDay(orders, after: moment.day, windowDays: spendWindowDays)
            {
                next = min(next, Int(day.rawValue))
            }
        }
        return next > Self.lastDay ? nil : CivilDay(rawValue: Int32(next))
    }

    private func days(of alternative: Alternative, _ moment: StageMoment) -> DayRange? {
        guard let conditions = alternative.conditions else { return .all }
        return moment.days(of: conditions, stage: alternative.stage, previous: alternative.previous)
    }

    /// 9999-12-31: no clock gets further.
    private static let lastDay = 2_932_896
}
