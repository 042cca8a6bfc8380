import Policies
import Projections
import Simulation
import Touchpoints

@testable import Views

/// The stages by looking at each event and at the beginning of every day, from the whole list of events each time.
struct NaiveLifecycle {
    let policy: LifecyclePolicy
    let zone: ZoneTable
    let events: [SketchedEvent]
    var stage: Int?
    var previous: Int?
    var since = Timestamp.epoch
    private(set) var history = LifecycleHistory(entries: [])

    init(_ events: [SketchedEvent], under active: ActivePolicy, clock: String) throws {
        policy = active.policy.lifecycle
        zone = active.zone
        self.events = LifecycleHistory.sorted(events)
        let clock = try Timestamp(rfc3339: clock)
        var day = zone.day(of: self.events[0].occurred)
        for (index, event) in self.events.enumerated() {
            while zone.firstInstant(of: day + 1) <= event.occurred {
                day = day + 1
                look(at: zone.firstInstant(of: day), known: index)
            }
            look(at: event.occurred, known: index + 1)
        }
        while zone.firstInstant(of: day + 1) <= clock {
            day = day + 1
            look(at: zone.firstInstant(of: day), known: self.events.count)
        }
    }

    private mutating func look(at time: Timestamp, known: Int) {
        guard known > 0 else { return }
        let today = zone.day(of: time)
        for (index, candidate) in policy.stages.enumerated() {
            let alternatives = candidate.alternatives
            let fitting = alternatives.firstIndex { fits($0, of: index, on: today, known: known) }
            guard alternatives.isEmpty || fitting != nil else { continue }
            if index != stage {
                previous = stage
                stage = index
                since = time
                history.entries.append(
                    .init(time: time, stage: candidate.name, reason: candidate.reason(alternative: fitting ?? 0)))
            }
            return
        }
    }

    private func fits(_ conditions: StageConditions, of index: Int, on today: CivilDay, known: Int) -> Bool {
        let events = events[..<known]
        var paid: [UInt64: (day: CivilDay, amount: Int64)] = [:]
        for (number, event) in events.enumerated() where event.type == .orderPaid {
            let id = event.order == 0 ? UInt64(1_000 + number) : event.order
            paid[id, default: (zone.day(of: event.occurred), 0)].amount += event.money!.minorUnits
        }
        for event in events where event.type == .orderCancelled { paid[event.order] = nil }
        for id in paid.keys {
            let refunds = events.filter { $0.type == .orderRefunded && $0.order == id }
            let left = paid[id]!.amount - refunds.reduce(0) { $0 + $1.money!.minorUnits }
            if !refunds.isEmpty, left <= 0 { paid[id] = nil } else { paid[id]!.amount = left }
        }
        let days = paid.values.map(\.day).sorted()
        func elapsed(_ day: CivilDay?, _ bounds: Bounds?) -> Bool {
            guard let bounds else { return true }
            return day.map { bounds.contains(today - $0) } ?? false
        }
        var open = 0
        for event in events {
            if event.type == .complaintRaised { open += 1 }
            if event.type == .complaintResolved { open = max(0, open - 1) }
        }
        var intervals = conditions.hundredthIntervalsSinceLastOrder == nil
        if let bounds = conditions.hundredthIntervalsSinceLastOrder, Set(days).count > 1 {
            let mean = Double(days.last! - days[0]) / Double(Set(days).count - 1)
            let hundredths = Double(today - days.last!) / mean * 100
            intervals = hundredths > Double(bounds.min ?? 0) - 1e-6 && hundredths < Double(bounds.max ?? .max) + 1e-6
        }
        var spend = conditions.spendChangePercent == nil
        if let bounds = conditions.spendChangePercent {
            let w = policy.spendWindowDays
            let current = paid.values.filter { today - $0.day < w }.reduce(0) { $0 + $1.amount }
            let before = paid.values.filter { (w..<2 * w).contains(today - $0.day) }.reduce(0) { $0 + $1.amount }
            let change = 100 * (Double(current) - Double(before)) / Double(before)
            spend =
                before > 0 && change > Double(bounds.min ?? -1_000) - 1e-6 && change < Double(bounds.max ?? .max) + 1e-6
        }
        let touchpoint = events.last { $0.type.role == .touchpoint }.map { zone.day(of: $0.occurred) }
        let cameFrom = index == stage ? previous : stage
        return (conditions.orders?.contains(days.count) ?? true)
            && elapsed(days.first, conditions.daysSinceFirstOrder) && elapsed(days.last, conditions.daysSinceLastOrder)
            && elapsed(touchpoint, conditions.daysSinceLastTouchpoint) && intervals && spend
            && (conditions.openComplaints?.contains(open) ?? true)
            && (conditions.daysInStage?.contains(index == stage ? today - zone.day(of: since) : 0) ?? true)
            && (conditions.previousStages.map { names in
                cameFrom.map { names.contains(policy.stages[$0].name) } ?? false
            } ?? true)
            && conditions.satisfactionBelow == nil && conditions.satisfactionAbove == nil
    }
}
