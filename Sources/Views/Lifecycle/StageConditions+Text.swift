import Policies
import Projections

extension StageConditions {
    /// Each condition by its name in the policy, and as a text such as `daysSinceLastOrder >= 365`.
    var descriptions: [(name: StaticString, text: String)] {
        var list: [(name: StaticString, text: String)] = []
        func add(_ name: StaticString, _ bounds: Bounds?, hundredths: Bool = false) {
            if let bounds { list.append((name, bounds.text(of: "\(name)", hundredths: hundredths))) }
        }
        add("orders", orders)
        add("daysSinceFirstOrder", daysSinceFirstOrder)
        add("daysSinceLastOrder", daysSinceLastOrder)
        add("daysSinceLastTouchpoint", daysSinceLastTouchpoint)
        add("intervalsSinceLastOrder", hundredthIntervalsSinceLastOrder, hundredths: true)
        add("spendChangePercent", spendChangePercent)
        add("openComplaints", openComplaints)
        if let satisfactionBelow { list.append(("satisfactionBelow", "satisfaction < \(satisfactionBelow)")) }
        if let satisfactionAbove { list.append(("satisfactionAbove", "satisfaction > \(satisfactionAbove)")) }
        add("daysInStage", daysInStage)
        if let previousStages {
            list.append(("previousStage", "previousStage in " + previousStages.joined(separator: ", ")))
        }
        return list
    }
}

extension LifecyclePolicy.Stage {
    /// The conditions of one of its alternatives as rules; of a stage without any that no stage before it fits.
    func rules(alternative: Int) -> [Rule] {
        guard alternatives.indices.contains(alternative) else {
            return [Rule("no-stage-before-fits", by: ["lifecycle.stages"])]
        }
        return alternatives[alternative].descriptions.map {
            Rule($0.name, by: ["\(path).when[\(alternative)].\($0.name)"])
        }
    }

    /// Why a customer is in this stage: the conditions of one of its alternatives.
    func reason(alternative: Int) -> String {
        guard alternatives.indices.contains(alternative) else { return "no stage before it fits" }
        return alternatives[alternative].descriptions.map(\.text).joined(separator: " and ")
    }
}

extension Bounds {
    fileprivate func text(of name: String, hundredths: Bool) -> String {
        func number(_ value: Int) -> String {
            hundredths ? "\(FixedDecimal(scaled: Int64(value) * FixedDecimal.scale / 100))" : "\(value)"
        }
        switch (min, max) {
        case (let min?, let max?) where min == max: return "\(name) = \(number(min))"
        case (let min?, let max?): return "\(number(min)) <= \(name) <= \(number(max))"
        case (let min?, nil): return "\(name) >= \(number(min))"
        case (nil, let max?): return "\(name) <= \(number(max))"
        case (nil, nil): return name
        }
    }
}
