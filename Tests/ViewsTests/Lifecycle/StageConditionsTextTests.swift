import Policies
import Testing

@testable import Views

@Suite struct StageConditionsTextTests {
    @Test(arguments: [
        ("{orders: {min: 3}}", "orders >= 3"), ("{orders: {min: 3, max: 3}}", "orders = 3"),
        ("{daysInStage: {min: 3, max: 9}}", "3 <= daysInStage <= 9"),
        ("{intervalsSinceLastOrder: {max: 1.5}}", "intervalsSinceLastOrder <= 1.5"),
        ("{spendChangePercent: {max: -50}, satisfactionBelow: 40}", "spendChangePercent <= -50 and satisfaction < 40"),
        ("{satisfactionAbove: 80, openComplaints: {max: 0}}", "openComplaints <= 0 and satisfaction > 80"),
        ("{previousStage: [b, a]}", "previousStage in b, a"),
        (
            "{daysSinceFirstOrder: {min: 1}, daysSinceLastTouchpoint: {max: 2}, daysSinceLastOrder: {min: 0}}",
            "daysSinceFirstOrder >= 1 and daysSinceLastOrder >= 0 and daysSinceLastTouchpoint <= 2"
        ),
    ])
    func `a reason reads like the policy`(conditions: String, reason: String) throws {
        let policy = try Policy(
            yaml: "lifecycle: {stages: [{name: a, when: \(conditions)}, {name: b}]}")
        #expect(policy.lifecycle.stages[0].reason(alternative: 0) == reason)
    }

    @Test func `the last stage has a reason without conditions`() {
        #expect(Policy.default.lifecycle.stages.last!.reason(alternative: 0) == "no stage before it fits")
    }
}
