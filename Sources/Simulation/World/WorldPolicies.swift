import Touchpoints

/// The texts of the policies that worlds activate: short spans, so that days and gaps end often.
enum WorldPolicies {
    /// Zones with changes of clocks in the days in which worlds play: one on each side of UTC, one by half an hour
    /// over midnight. Tables of their own, so that a world does not depend on a machine's files.
    static let zones: [ZoneTable] = [
        .utc,
        table("Europe/Berlin 3600 1711846800:7200 18230400:3600 13219200:7200"),
        table("America/New_York -18000 1710054000:-14400 20563200:-18000 10886400:-14400"),
        table("Australia/Lord_Howe 39600 1712415600:37800 15724800:39600"),
        table("Africa/Cairo 7200 1714082400:10800 16070400:7200"),
    ]

    private static func table(_ text: String) -> ZoneTable {
        do { return try ZoneTable(encoded: text) } catch { fatalError("\(error)") }
    }

    /// A policy of the given choices; equal numbers, equal texts.
    static func yaml(zone: ZoneTable, _ random: inout SeededRandom) -> String {
        var lines = ["timeZone: \(zone.name)"]
        if random.percent(50) { lines.append(random.pick(identities)) }
        if random.percent(60) {
            lines.append(
                "journey: {sessionGap: \(random.pick(["30m", "2h", "6h", "30h"])), "
                    + "sessionEndsAfter: \(random.pick(["1d", "3d", "30d"]))}")
        }
        if random.percent(80) { lines.append(random.pick(lifecycles)) }
        if random.percent(80) { lines.append(loyalty(&random)) }
        if random.percent(40) { lines.append("rfm: {scores: \(random.pick(["quantile", "ntile"])), quantiles: 5}") }
        return lines.joined(separator: "\n")
    }

    private static func loyalty(_ random: inout SeededRandom) -> String {
        let pending = random.pick([0, 0, 0, 1, 2])
        let expires = random.pick(["1", "2", "3", "10", "40", "null"])
        let on = random.pick(["order.paid", "order.paid", "order.placed"])
        let levels = random.pick([
            "[{name: basic, min: 0}, {name: gold, min: 20}]", "[{name: basic, min: 0}]",
            "[{name: a, min: 0}, {name: b, min: 3}, {name: c, min: 9}]",
        ])
        return """
            loyalty:
              memberOnly: \(random.once(in: 8))
              earn: {on: \(on), pointsPerUnit: \(random.pick(["1", "0.5", "3"])), rounding: \
            \(random.pick(["floor", "nearest", "ceiling"]))}
              pendingDays: \(pending)
              expiresAfterDays: \(expires == "null" ? expires : String(max(pending + 1, Int(expires)!)))
              tiers: {basis: \(random.pick(["points", "spend", "orders"])), windowDays: \(random.pick([1, 3, 30])), \
            graceDays: \(random.pick([0, 2])), levels: \(levels)}
            """
    }

    private static let identities = [
        """
        identity:
          kinds:
            - {name: email, scope: exclusive, limit: 2}
            - {name: member, scope: exclusive, limit: 1}
            - {name: device, scope: shared, limit: 2, perDays: 2}
            - {name: cookie, scope: shared, limit: 3}
          blockedValues: [anonymous, "null", tv]
          hideKinds: [member]
        """,
        """
        identity:
          kinds:
            - {name: member, scope: exclusive, limit: 3, perDays: 1}
            - {name: cookie, scope: shared, limit: 1, perDays: 3}
            - {name: email, scope: shared}
            - {name: phone, scope: exclusive}
          blockedValues: []
        """,
        """
        identity:
          kinds:
            - {name: till, scope: shared}
            - {name: cookie, scope: shared}
            - {name: device, scope: shared}
            - {name: member, scope: shared}
        """,
    ]

    private static let lifecycles = [
        """
        lifecycle:
          spendWindowDays: 3
          stages:
            - {name: prospect, when: {orders: {max: 0}}}
            - {name: gone, when: {daysSinceLastOrder: {min: 5}}}
            - {name: back, when: {previousStage: [gone], daysInStage: {max: 1}}}
            - {name: cooling, when: [{daysSinceLastOrder: {min: 2}}, {openComplaints: {min: 1}}]}
            - {name: active}
        """,
        """
        lifecycle:
          spendWindowDays: 2
          stages:
            - {name: silent, when: {daysSinceLastTouchpoint: {min: 2}}}
            - {name: unhappy, when: {satisfactionBelow: 50}}
            - {name: falling, when: {orders: {min: 2}, spendChangePercent: {max: -10}}}
            - {name: late, when: {orders: {min: 2}, intervalsSinceLastOrder: {min: 2}}}
            - {name: fresh, when: {daysSinceFirstOrder: {max: 3}}}
            - {name: other}
        """,
        """
        lifecycle:
          spendWindowDays: 30
          stages:
            - {name: a, when: {previousStage: [c], daysInStage: {max: 0}}}
            - {name: b, when: {daysSinceLastOrder: {max: 0}}}
            - {name: c, when: {daysSinceLastOrder: {min: 1, max: 1}}}
            - {name: d}
        """,
    ]
}

extension String {
    /// The text inside the quotes of a JSON string.
    var jsonEscaped: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
