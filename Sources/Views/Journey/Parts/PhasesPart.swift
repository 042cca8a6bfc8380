import Projections
import Touchpoints

extension Part<Journey> {
    /// The phases in their order: different customers who met one of their touchpoints, and events, those of no
    /// customer included. O(customers x their touchpoints).
    static let phases = Part(
        "phases", columns: [.text("phase"), .integer("customers"), .integer("events")], key: ["phase"]
    ) { view, _, emit in
        let phases = view.phases
        var phaseByType: [EventType: Int] = [:]
        func phase(of type: EventType) -> Int {
            if let phase = phaseByType[type] { return phase }
            let phase = phases.firstIndex(of: view.policy.journey.phase(ofType: view.name(of: type)))!
            phaseByType[type] = phase
            return phase
        }
        var events = [Int64](repeating: 0, count: phases.count)
        for (type, count) in view.graph(by: .customer).events { events[phase(of: type)] += count }
        for (cell, total) in view.cells(in: JourneyTable.unowned) {
            events[phase(of: EventType(rawValue: UInt16(cell.a)))] += Int64(total)
        }
        var customers = [Int64](repeating: 0, count: phases.count)
        try view.forEachCustomer { _, state in
            for phase in Set(state.seen.touchpoints.map(phase(of:))) { customers[phase] += 1 }
        }
        for (index, name) in phases.enumerated() {
            try emit([.text(name), .integer(customers[index]), .integer(events[index])])
        }
    }
}
