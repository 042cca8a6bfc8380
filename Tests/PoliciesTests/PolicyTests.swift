import Foundation
import Policies
import Testing
import Touchpoints

/// The policy of `Tests/Fixtures/policies/everything.yaml`.
let everything: String = {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/policies/everything.yaml").standardized
    do {
        return try String(contentsOf: url, encoding: .utf8)
    } catch {
        fatalError("\(url.path): \(error)")
    }
}()

@Suite struct PolicyTests {
    @Test func `every key is read`() throws {
        let policy = try Policy(yaml: everything)
        #expect(policy.timeZone == "Europe/Berlin")
        #expect(policy.identity.kinds.map(\.name) == ["card", "id@till"])
        #expect(policy.identity.kinds.map(\.scope) == [.exclusive, .shared])
        #expect(policy.identity.kinds.map(\.limit) == [nil, 3])
        #expect(policy.identity.kinds.map(\.perDays) == [nil, 30])
        #expect(policy.identity.kindsBySource == ["shop": "card", "urn:till:7": "visitor"])
        #expect(policy.identity.hiddenKinds == ["card"])
        #expect(policy.identity.blockedValues == ["Nobody", "null"])
        #expect(policy.ingest.maxFuture == .seconds(90))
        #expect(policy.ingest.minTime.description == "1989-12-31T23:00:00Z")
        #expect(policy.journey.sessionGap == .hours(1))
        #expect(policy.journey.sessionEndsAfter == .elapsed(.hours(12)))
        #expect(policy.journey.phases.map(\.name) == ["looking", "buying"])
        #expect(policy.journey.phases[0].types == ["page.viewed", "com.example.looked"])
        #expect(policy.rfm.method == .bands)
        #expect(policy.rfm.scoreCount == 3)
        #expect(policy.rfm.bands.monetary.map(\.scaled) == [99_900, 1_000_000])
        #expect(policy.rfm.segments[0].recency == 2...3)
        #expect(policy.rfm.segments[1].monetary == 1...3)
        #expect(policy.loyalty.isMemberOnly)
        #expect(policy.loyalty.earning.on == .orderDelivered)
        #expect(policy.loyalty.earning.pointsPerUnit.scaled == 15_000)
        #expect(policy.loyalty.earning.pointsPerUnitByCurrency.values.map(\.scaled) == [150])
        #expect(policy.loyalty.earning.rounding == .nearest)
        #expect(policy.loyalty.pendingDays == 14)
        #expect(policy.loyalty.expiresAfterDays == nil)
        #expect(policy.loyalty.expiringWithinDays == 60)
        #expect(policy.loyalty.tiers.basis == .spend)
        #expect(policy.loyalty.tiers.windowDays == 730)
        #expect(policy.loyalty.tiers.graceDays == 31)
        #expect(policy.loyalty.tiers.levels.map(\.minimum.scaled) == [0, 995_000])
        #expect(policy.effects.maxAge == .elapsed(.hours(36)))
    }

    @Test func `what Segment's messages and access logs mean is read`() throws {
        let segment = try Policy(yaml: everything).segment
        #expect(segment.source == "urn:segment")
        #expect([segment.userKind, segment.anonymousKind, segment.previousKind] == ["account", "visitor", "account"])
        #expect(segment.currency.code == "EUR")
        #expect(segment.channels == ["server": "till"])
        #expect(segment.events.map(\.name) == ["Song Played", "Bought"])
        #expect(segment.events.map(\.type) == ["song.played", "order.placed"])
        #expect(segment.events.map(\.data) == [[:], ["store": "web", "payment": "card"]])
        let log = try Policy(yaml: everything).accessLog
        #expect([log.source, log.channel, log.botChannel] == ["urn:nginx", "site", "machine"])
        #expect([log.cookieKind, log.deviceKind] == ["visitor", "browser"])
        #expect(log.fields == [.ignored, .cookie, .duration])
        #expect(log.assetEndings == ["gif"])
        #expect(log.botAgents == ["zgrab", "ai-"])
    }

    @Test func `every condition is read`() throws {
        let lifecycle = try Policy(yaml: everything).lifecycle
        #expect(lifecycle.spendWindowDays == 30)
        #expect(lifecycle.stages.map(\.name) == ["kept", "rest"])
        #expect(lifecycle.stages[1].alternatives.isEmpty)
        try #require(lifecycle.stages[0].alternatives.count == 2)
        let conditions = lifecycle.stages[0].alternatives[0]
        #expect(conditions.orders == Bounds(min: 1, max: 9))
        #expect(conditions.daysSinceFirstOrder == Bounds(min: 10, max: 20))
        #expect(conditions.daysSinceLastOrder == Bounds(min: 1, max: 20))
        #expect(conditions.daysSinceLastTouchpoint == Bounds(min: 0, max: 5))
        #expect(conditions.hundredthIntervalsSinceLastOrder == Bounds(min: 50, max: 125))
        #expect(conditions.spendChangePercent == Bounds(min: -100, max: 50))
        #expect(conditions.openComplaints == Bounds(min: 0, max: 0))
        #expect(conditions.satisfactionBelow == 90)
        #expect(conditions.satisfactionAbove == 10)
        #expect(conditions.daysInStage == Bounds(min: 0, max: 30))
        #expect(conditions.previousStages == ["rest"])
        #expect(lifecycle.stages[0].alternatives[1].orders == Bounds(min: 100))
        #expect(lifecycle.stages[0].alternatives[1].previousStages == nil)
    }

    @Test func `what is left out is as in the default policy, a list is replaced as a whole`() throws {
        let policy = try Policy(
            yaml: """
                identity: {kinds: [{name: card}]}
                loyalty: {earn: {rounding: ceiling}}
                journey:
                """)
        var expected = Policy.default
        expected.identity.kinds = try Policy(yaml: "identity: {kinds: [{name: card, scope: exclusive}]}").identity.kinds
        expected.loyalty.earning.rounding = .ceiling
        #expect(policy == expected)
        #expect(policy.identity.kinds.count == 1)
    }
}
