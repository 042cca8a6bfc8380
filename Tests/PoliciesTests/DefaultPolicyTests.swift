import Policies
import Testing
import Touchpoints

@Suite struct DefaultPolicyTests {
    @Test func `an empty text is the default policy, and so is the default text`() throws {
        #expect(try Policy(yaml: "") == .default)
        #expect(try Policy(yaml: Policy.defaultText) == .default)
        #expect(Policy.default.timeZone == "UTC")
        #expect(Policy.default.ingest.maxFuture == .minutes(10))
    }

    @Test func `every type of touchpoint has a phase`() {
        let phases = Policy.default.journey.phases
        #expect(phases.map(\.name) == ["awareness", "consideration", "purchase", "service", "loyalty", "advocacy"])
        for type in EventType.allBuiltIn {
            let isTouchpoint = type.role == .touchpoint
            let name = type.builtInName ?? ""
            #expect((Policy.default.journey.phase(ofType: name) != JourneyPolicy.otherPhase) == isTouchpoint, "\(name)")
        }
    }

    @Test func `the ten stages are there, and the eleven segments cover all scores`() {
        #expect(
            Set(Policy.default.lifecycle.stages.map(\.name)) == [
                "prospect", "new", "developing", "active", "loyal", "declining", "at-risk", "dormant", "won-back",
                "churned",
            ])
        let rfm = Policy.default.rfm
        var used: Set<Int> = []
        for r in 1...5 {
            for f in 1...5 {
                for m in 1...5 { used.insert(rfm.segmentIndex(recency: r, frequency: f, monetary: m) ?? -1) }
            }
        }
        #expect(used == Set(rfm.segments.indices))
        #expect(rfm.segments.count == 11)
    }
}
