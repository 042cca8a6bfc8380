import Policies
import Touchpoints

/// One condition of a stage, ready to be asked; spend left out, which costs more to ask.
struct StageTest: BitwiseCopyable, Sendable {
    /// What must lie between the bounds.
    enum Subject: UInt8 {
        case orders, openComplaints, satisfaction, daysInStage
        case daysSinceFirstOrder, daysSinceLastOrder, daysSinceLastTouchpoint, hundredthIntervalsSinceLastOrder
    }

    let subject: Subject
    let bounds: Bounds
}

extension StageConditions {
    /// Those that are there, but for spend and for the stages before.
    var tests: [StageTest] {
        let below = satisfactionBelow.map { Bounds(max: $0 * 100 - 1) }
        let above = satisfactionAbove.map { Bounds(min: $0 * 100 + 1) }
        let all: [(StageTest.Subject, Bounds?)] = [
            (.orders, orders), (.openComplaints, openComplaints), (.satisfaction, below), (.satisfaction, above),
            (.daysInStage, daysInStage), (.daysSinceFirstOrder, daysSinceFirstOrder),
            (.daysSinceLastOrder, daysSinceLastOrder), (.daysSinceLastTouchpoint, daysSinceLastTouchpoint),
            (.hundredthIntervalsSinceLastOrder, hundredthIntervalsSinceLastOrder),
        ]
        return all.compactMap { subject, bounds in bounds.map { StageTest(subject: subject, bounds: $0) } }
    }
}
