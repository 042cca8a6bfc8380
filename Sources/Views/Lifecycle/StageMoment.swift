import Policies
import Touchpoints

/// What the conditions of stages are asked of, spend left out: a customer on a day.
struct StageMoment: BitwiseCopyable {
    let day: CivilDay
    let orders: OrderTally
    let openComplaints: Int
    let satisfaction: Int64?
    let lastTouchpoint: CivilDay?
    /// The customer's stage and the one before, and the day on which the customer came to it.
    let stage, previousStage: UInt8
    let since: CivilDay

    init(_ state: Lifecycle.State, on day: CivilDay, _ zone: ZoneTable) {
        self.day = day
        orders = state.orders.overall
        openComplaints = state.complaints.count
        satisfaction = state.satisfaction
        lastTouchpoint = state.lastTouchpoint
        (stage, previousStage) = (state.stage, state.previous)
        since = zone.day(of: state.since)
    }

    /// The days on which all conditions hold, spend left out, if nothing happens; nil if there are none.
    ///
    /// - Parameters:
    ///   - stage: the number of the stage that the conditions belong to.
    ///   - previous: the numbers of the stages that they ask for, nil where they ask for none.
    func days(of conditions: StageConditions, stage: UInt8, previous: [UInt8]?) -> DayRange? {
        guard conditions.orders?.contains(Int(orders.orders)) ?? true,
            conditions.openComplaints?.contains(openComplaints) ?? true,
            conditions.satisfactionBelow.map({ (satisfaction ?? .max) < Int64($0) * 100 }) ?? true,
            conditions.satisfactionAbove.map({ (satisfaction ?? .min) > Int64($0) * 100 }) ?? true,
            previous?.contains(stage == self.stage ? previousStage : self.stage) ?? true
        else { return nil }
        var days = DayRange.all
        if let bounds = conditions.daysSinceFirstOrder { days.narrow(to: bounds, since: orders.firstDay) }
        if let bounds = conditions.daysSinceLastOrder { days.narrow(to: bounds, since: orders.lastDay) }
        if let bounds = conditions.daysSinceLastTouchpoint { days.narrow(to: bounds, since: lastTouchpoint) }
        if let bounds = conditions.hundredthIntervalsSinceLastOrder { narrow(&days, toIntervals: bounds) }
        if let bounds = conditions.daysInStage {
            if stage == self.stage {
                days.narrow(to: bounds, since: since)
            } else if !bounds.contains(0) {
                return nil
            }
        }
        return days.isEmpty ? nil : days
    }

    /// The mean interval is (last day - first day) / (purchase days - 1); bounds are hundredths of it.
    private func narrow(_ days: inout DayRange, toIntervals bounds: Bounds) {
        guard let first = orders.firstDay, let last = orders.lastDay, orders.purchaseDays >= 2 else {
            days = .none
            return
        }
        let span = last - first
        let divisor = 100 * (orders.purchaseDays - 1)
        days.narrow(
            to: Bounds(
                min: bounds.min.map { ($0 * span + divisor - 1) / divisor }, max: bounds.max.map { $0 * span / divisor }
            ),
            since: last)
    }
}

/// Days from one to another, both included.
struct DayRange: Equatable {
    var first, last: Int

    static let all = DayRange(first: .min, last: .max)
    static let none = DayRange(first: .max, last: .min)

    var isEmpty: Bool { first > last }
    func contains(_ day: CivilDay) -> Bool { Int(day.rawValue) >= first && Int(day.rawValue) <= last }

    /// Leaves the days that are so many after `start`; none where there is no start.
    mutating func narrow(to bounds: Bounds, since start: CivilDay?) {
        guard let start else {
            self = .none
            return
        }
        if let min = bounds.min { first = max(first, Int(start.rawValue) + min) }
        if let most = bounds.max { last = min(last, Int(start.rawValue) + most) }
    }
}
