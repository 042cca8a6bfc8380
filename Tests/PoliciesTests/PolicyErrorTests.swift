import Policies
import Testing

@Suite struct PolicyErrorTests {
    @Test(
        arguments: [
            (
                "journey: {sessionGab: 30m}",
                "line 1, column 11: journey.sessionGab: no such key; did you mean \"sessionGap\"?"
            ),
            ("jorney: {}", "line 1, column 1: jorney: no such key; did you mean \"journey\"?"),
            (
                "rfm:\n  scores: quantil",
                "line 2, column 11: rfm.scores: expected one of quantile, ntile, bands, found \"quantil\"; did you mean \"quantile\"?"
            ),
            (
                "loyalty: {earn: {on: order.payed}}",
                """
                line 1, column 22: loyalty.earn.on: expected one of order.placed, order.paid, order.shipped, \
                order.delivered, found "order.payed"; did you mean "order.paid"?
                """
            ),
            (
                "ingest: {maxFuture: 1d}",
                "line 1, column 21: ingest.maxFuture: expected seconds, minutes or hours like 30m, from 0h to 24h, found \"1d\""
            ),
            (
                "loyalty: {pendingDays: -1}",
                "line 1, column 24: loyalty.pendingDays: expected a whole number from 0 to 36500, found \"-1\""
            ),
            (
                "segment: {events: [{name: A, type: event.voided}]}",
                "line 1, column 36: segment.events[0].type: \"event.voided\" is no type that a track call can be"
            ),
            (
                "segment: {events: [{name: A, type: x}, {name: A, type: y}]}",
                "line 1, column 19: segment.events: \"A\" is there twice"
            ),
            (
                "segment: {events: [{name: A, type: x, data: {segment: b}}]}",
                "line 1, column 45: segment.events[0].data: expected names other than segment, found a map"
            ),
            (
                "segment: {currency: euro}",
                "line 1, column 21: segment.currency: expected a currency's code like EUR, found \"euro\""
            ),
            (
                "accessLog: {bots: [Bot]}",
                "line 1, column 20: accessLog.bots[0]: expected a piece of an agent's name like crawl, in small letters, found \"Bot\""
            ),
            (
                "accessLog: {fields: [time]}",
                "line 1, column 22: accessLog.fields[0]: expected one of duration, cookie, ignored, found \"time\""
            ),
            ("- a", "line 1, column 1: expected a map, found a list"),
            ("identity: 5", "line 1, column 11: identity: expected a map, found \"5\""),
            (
                "timeZone: [UTC]",
                "line 1, column 11: timeZone: expected a time zone's name like Europe/Berlin or UTC, found a list"
            ),
            (
                "timeZone:",
                "line 1, column 10: timeZone: expected a time zone's name like Europe/Berlin or UTC, found nothing"
            ),
            ("a: {b: 1", "line 2, column 1: not YAML: did not find expected ',' or '}'"),
            ("rfm: {}\nrfm: {}", "line 1, column 1: the same key twice: \"rfm\""),
            (
                "ingest: {minTime: 1970-02-30T00:00:00Z}",
                "line 1, column 19: ingest.minTime: the calendar has no such date"
            ),
            (
                "identity: {kinds: [{name: a}, {name: a}]}",
                "line 1, column 19: identity.kinds: \"a\" is there twice"
            ),
            ("identity: {kinds: [{scope: shared}]}", "line 1, column 20: identity.kinds[0]: \"name\" is missing"),
            (
                "identity: {kinds: [{name: a, limit: 0}]}",
                "line 1, column 37: identity.kinds[0].limit: expected a whole number from 1 to 1000000, found \"0\""
            ),
            (
                "identity: {kinds: [{name: a, perDays: 30}]}",
                "line 1, column 39: identity.kinds[0].perDays: needs \"limit\" beside it: how many may join in so many days"
            ),
            (
                "identity: {kinds: [{name: a, limit: 1, perDays: 1.5}]}",
                """
                line 1, column 49: identity.kinds[0].perDays: expected a whole number from 1 to 36500, found "1.5"
                """
            ),
            (
                "identity: {blockedValues: [a, null]}",
                """
                line 1, column 31: identity.blockedValues[1]: expected a value as text (one like "null" in quotation marks), \
                found nothing
                """
            ),
            ("identity: {blockedValues: x}", "line 1, column 27: identity.blockedValues: expected a list, found \"x\""),
            (
                "effects: {maxAge: 3w}",
                """
                line 1, column 19: effects.maxAge: expected a number and a unit like 30m, 24h or 30d, at least 1s and at \
                most 36500d, found "3w"
                """
            ),
            (
                "effects: {maxAge: 0d}",
                """
                line 1, column 19: effects.maxAge: expected a number and a unit like 30m, 24h or 30d, at least 1s and at \
                most 36500d, found "0d"
                """
            ),
            ("effects: {maxage: 3d}", "line 1, column 11: effects.maxage: no such key; did you mean \"maxAge\"?"),
            (
                "identity: {sources: {shop: Member}}",
                "line 1, column 28: identity.sources.shop: expected a kind like member (small letters, digits, _), found \"Member\""
            ),
            (
                "journey: {phases: {first: [page.viewed], second: [page.viewed]}}",
                "line 1, column 19: journey.phases: \"page.viewed\" is there twice"
            ),
            (
                "journey: {phases: {first: [customer.merged]}}",
                "line 1, column 28: journey.phases.first[0]: \"customer.merged\" is no touchpoint"
            ),
            (
                "lifecycle: {stages: [{name: a, when: {orders: {min: 1}}}]}",
                """
                line 1, column 21: lifecycle.stages: the last stage, "a", must be without "when", so that every customer \
                has a stage
                """
            ),
            (
                "lifecycle: {stages: [{name: a}, {name: b}]}",
                "line 1, column 21: lifecycle.stages: the stage \"a\" has no conditions, so no stage after it can ever fit"
            ),
            (
                "lifecycle: {stages: [{name: a, when: {previousStage: [bb]}}, {name: bbb}]}",
                """
                line 1, column 21: lifecycle.stages: the stage "a" has the previous stage "bb", which is not there; did you \
                mean "bbb"?
                """
            ),
            (
                "lifecycle: {stages: [{name: a, when: {order: {min: 1}}}, {name: b}]}",
                "line 1, column 39: lifecycle.stages[0].when.order: no such key; did you mean \"orders\"?"
            ),
            (
                "lifecycle: {stages: [{name: a, when: [{orders: {min: 3, max: 2}}]}, {name: b}]}",
                "line 1, column 48: lifecycle.stages[0].when[0].orders: min is greater than max"
            ),
            (
                "lifecycle: {stages: [{name: a, when: {}}, {name: b}]}",
                """
                line 1, column 38: lifecycle.stages[0].when: expected at least one condition; leave "when" out where there \
                is none
                """
            ),
            (
                "lifecycle: {stages: [{name: a, when: {intervalsSinceLastOrder: {min: 1.125}}}, {name: b}]}",
                """
                line 1, column 70: lifecycle.stages[0].when.intervalsSinceLastOrder.min: expected a number from 0 to 1000 \
                with at most 2 digits after the point, found "1.125"
                """
            ),
            (
                "rfm: {segments: [{name: a, r: 2-5}, {name: b, f: 1-4}]}",
                "line 1, column 6: rfm: no segment covers r 1, f 5, m 1"
            ),
            ("rfm: {segments: [{name: a, m: 1-4}]}", "line 1, column 6: rfm: no segment covers r 1, f 1, m 5"),
            (
                "rfm: {segments: [{name: a, r: 2-6}]}",
                "line 1, column 31: rfm.segments[0].r: expected a score or a range like 4-5, within 1-5, found \"2-6\""
            ),
            (
                "rfm: {quantiles: 4}",
                "line 1, column 6: rfm: with quantiles: 4, segments must be given that fit; \"Champions\" does not"
            ),
            (
                "rfm: {scores: bands, bands: {frequency: [2, 3]}}",
                "line 1, column 6: rfm: with quantiles: 5, bands.frequency must have 4 limits"
            ),
            ("rfm: {bands: {frequency: [3, 2]}}", "line 1, column 26: rfm.bands.frequency: the limits must ascend"),
            (
                "loyalty: {tiers: {levels: [{name: a, min: 5}]}}",
                """
                line 1, column 27: loyalty.tiers.levels: the first level must have min: 0, and each a greater min than the \
                one before
                """
            ),
            (
                "loyalty: {tiers: {levels: [{name: a, min: 0}, {name: b, min: 0.5}]}}",
                "line 1, column 18: loyalty.tiers: the level \"b\" needs a whole number of points"
            ),
            (
                "loyalty: {pendingDays: 365}",
                """
                line 1, column 10: loyalty: expiresAfterDays must be greater than pendingDays, else no point could ever be \
                spent
                """
            ),
            (
                "loyalty: {earn: {currencies: {eur: 1}}}",
                "line 1, column 31: loyalty.earn.currencies.eur: expected a currency's code like EUR, found \"eur\""
            ),
        ] as [(String, String)])
    func `an error says where, what and what would be right`(text: String, message: String) {
        #expect(Policy.check(text).map(\.description) == [message])
    }

    @Test func `all errors are said at once, in the order of the text`() {
        let errors = Policy.check(
            """
            loyalty: {pendingDays: x}
            ingest: {maxFuture: x}
            rfm: {quantiles: 1}
            journey: {sessionGap: 0s, sessions: 1}
            """)
        #expect(
            errors.map(\.path) == [
                "loyalty.pendingDays", "ingest.maxFuture", "rfm.quantiles", "journey.sessionGap", "journey.sessions",
            ])
        #expect(errors.map(\.line) == [1, 2, 3, 4, 4])
    }

    @Test(arguments: [
        String(repeating: "[", count: 200_000), String(repeating: "a: {", count: 60_000),
        "timeZone: " + String(repeating: "x", count: 300_000), "a: *b", "--- 1\n--- 2", "\u{0}", "timeZone: \"a\\0b\"",
        "timeZone: &a [*a]", "? [a]\n: b", "<<: {timeZone: UTC}",
    ])
    func `hostile text is refused`(text: String) {
        #expect(!Policy.check(text).isEmpty)
    }
}
