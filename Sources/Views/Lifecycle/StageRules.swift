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
        /// Its conditions among those of all, and those on spend; without any it always fits.
        var tests: Range<Int>
        var spendChange: Bounds?
        /// The stages before that it asks for, among those of all.
        var previous: Range<Int>?
    }

    /// In the order in which they are tried; the last has no conditions.
    let alternatives: [Alternative]
    private let tests: [StageTest]
    private let previousStages: [UInt8]
    /// The conditions of each alternative, for whoever asks why.
    private let reasons: [[Rule]]
    private let spendWindowDays: Int
    let asksForTouchpoints: Bool

    init(_ policy: LifecyclePolicy) {
        var (alternatives, tests, previousStages): ([Alternative], [StageTest], [UInt8]) = ([], [], [])
        var reasons: [[Rule]] = []
        for (number, stage) in policy.stages.enumerated() {
            let all: [StageConditions?] = stage.alternatives.isEmpty ? [nil] : stage.alternatives
            for (index, conditions) in all.enumerated() {
                let (firstTest, firstPrevious) = (tests.count, previousStages.count)
                tests += conditions?.tests ?? []
                previousStages += (conditions?.previousStages ?? []).compactMap(policy.index).map { UInt8($0 + 1) }
                alternatives.append(
                    Alternative(
                        stage: UInt8(number + 1), index: UInt8(index), tests: firstTest..<tests.count,
                        spendChange: conditions?.spendChangePercent,
                        previous: conditions?.previousStages.map { _ in firstPrevious..<previousStages.count }))
                reasons.append(stage.rules(alternative: index))
            }
        }
        (self.alternatives, self.tests, self.previousStages) = (alternatives, tests, previousStages)
        self.reasons = reasons
        spendWindowDays = policy.spendWindowDays
        asksForTouchpoints = tests.contains { $0.subject == .daysSinceLastTouchpoint }
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
            guard let bounds = alternatives[index].spendChange else { return index }
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
            if alternatives[index].spendChange != nil,
                let day = SpendChange.nextDay(orders, after: moment.day, windowDays: spendWindowDays)
            {
                next = min(next, Int(day.rawValue))
            }
        }
        return next > Self.lastDay ? nil : CivilDay(rawValue: Int32(next))
    }

    /// The days on which it fits, spend left out, if nothing happens; nil if there are none.
    private func days(of alternative: Alternative, _ moment: StageMoment) -> DayRange? {
        if let previous = alternative.previous {
            let before = alternative.stage == moment.stage ? moment.previousStage : moment.stage
            guard previousStages[previous].contains(before) else { return nil }
        }
        return moment.days(of: tests.span.extracting(alternative.tests), stage: alternative.stage)
    }

    /// 9999-12-31: no clock gets further.
    private static let lastDay = 2_932_896
}
