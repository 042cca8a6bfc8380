import Testing

@testable import Policies

struct PolicyLinesTests {
    @Test func `lines are those at a path and below it`() throws {
        let policy = try Policy(yaml: "loyalty: {pendingDays: 7}")
        #expect(policy.lines(below: ["loyalty.pendingDays"]) == ["loyalty.pendingDays = 7"])
        #expect(policy.lines(below: ["loyalty.earn"]).allSatisfy { $0.hasPrefix("loyalty.earn.") })
        #expect(policy.lines(below: ["loyalty.earn"]).count > 2)
        #expect(policy.lines(below: ["loyalty.pending", "nothing"]) == [])
        #expect(policy.lines(below: []) == [])
    }

    @Test func `a stage's path is that of its lines`() throws {
        let yaml = "lifecycle: {stages: [{name: at-risk, when: {orders: {max: 0}}}, {name: rest}]}"
        let policy = try Policy(yaml: yaml)
        let path = policy.lifecycle.stages[0].path
        #expect(policy.lines(below: [path]) == [path + ".when[0].orders.max = 0"])
    }
}
