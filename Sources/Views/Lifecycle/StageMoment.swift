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

    /// The days on which all tests hold if nothing happens; nil if there are none.
    ///
    /// - Parameter stage: the number of the stage that the tests belong to.
    func days(of tests: Span<StageTest>, stage: UInt8) -> DayRange? {
        var days = DayRange.all
        for index in tests.indices {
            let bounds = tests[index].bounds
            var holds = true
            switch tests[index].subject {
            case .orders: holds = bounds.contains(Int(orders.orders))
            case .openComplaints: holds = bounds.contains(openComplaints)
            case .satisfaction: holds = satisfaction.map { bounds.contains(Int($0)) } ?? false
            case .daysInStage where stage != self.stage: holds = bounds.contains(0)
            case .daysInStage: days.narrow(to: bounds, since: since)
            case .daysSinceFirstOrder: days.narrow(to: bounds, since: orders.firstDay)
            case .daysSinceLastOrder: days.narrow(to: bounds, since: orders.lastDay)
            case .daysSinceLastTouchpoint: days.narrow(to: bounds, since: lastTouchpoint)
            case .hundredthIntervalsSinceLastOrder: narrow(&days, toIntervals: bounds)
            }
            if !holds { return nil }
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
