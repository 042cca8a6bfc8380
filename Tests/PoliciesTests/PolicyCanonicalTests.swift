import Testing

@testable import Policies

@Suite struct PolicyCanonicalTests {
    @Test func `the canonical text has everything filled in`() throws {
        let text = try Policy(yaml: everything).canonical(of: [.ingest, .timeZone, .rfm])
        #expect(
            text == """
                timeZone = Europe/Berlin
                ingest.maxFuture = 90s
                ingest.minTime = 1989-12-31T23:00:00Z
                rfm.bands.frequency = [2, 4]
                rfm.bands.monetary = [9.99, 100]
                rfm.bands.recencyDays = [10, 20]
                rfm.quantiles = 3
                rfm.scores = bands
                rfm.segments = [Best, "Rest, all of it"]
                rfm.segments[Best].f = 3-3
                rfm.segments[Best].m = 3-3
                rfm.segments[Best].r = 2-3
                rfm.segments["Rest, all of it"].f = 1-3
                rfm.segments["Rest, all of it"].m = 1-3
                rfm.segments["Rest, all of it"].r = 1-3

                """)
        #expect(Policy.default.canonical(of: []) == "")
    }

    @Test(
        arguments: [
            ("timeZone: UTC", "# nothing"), ("journey: {sessionGap: 30m}", "journey: {sessionGap: 1800s}"),
            ("identity: {hideKinds: [a, b]}", "identity: {hideKinds: [b, a]}"),
            ("identity: {kinds: [{name: a}]}", "identity: {kinds: [{name: a, scope: exclusive}]}"),
            ("identity: {blockedValues: [a, b, B]}", "identity: {blockedValues: [B, A]}"),
            ("effects: {maxAge: 90m}", "effects: {maxAge: 5400s}"),
            ("rfm: {segments: [{name: All}]}", "rfm: {segments: [{name: All, r: 1-5, f: 1-5, m: 1-5}]}"),
            ("loyalty: {earn: {pointsPerUnit: 1}}", "loyalty: {earn: {pointsPerUnit: 1.0000}}"),
        ] as [(String, String)])
    func `texts that decide alike have the same canonical text`(a: String, b: String) throws {
        #expect(try Policy(yaml: a).canonical() == Policy(yaml: b).canonical())
        #expect(try Policy.diff(Policy(yaml: a), Policy(yaml: b)).isEmpty)
    }

    @Test(
        arguments: [
            ("", "timeZone: Europe/Berlin", ["timeZone: UTC -> Europe/Berlin"]),
            (
                "identity: {kinds: [{name: a}, {name: b}]}", "identity: {kinds: [{name: b}, {name: c}]}",
                [
                    "identity.kinds: [a, b] -> [b, c]", "identity.kinds[a].scope: exclusive -> nothing",
                    "identity.kinds[c].scope: nothing -> exclusive",
                ]
            ),
            (
                "identity: {kinds: [{name: a, limit: 5}]}", "identity: {kinds: [{name: a, limit: 6, perDays: 7}]}",
                ["identity.kinds[a].limit: 5 -> 6", "identity.kinds[a].perDays: nothing -> 7"]
            ),
            (
                "identity: {blockedValues: [x, n/a]}", "identity: {blockedValues: ['a,b']}",
                ["identity.blockedValues: [n/a, x] -> [\"a,b\"]"]
            ),
            ("", "effects: {maxAge: 72h}", ["effects.maxAge: 3d -> 72h"]),
            ("", "loyalty: {expiresAfterDays: null}", ["loyalty.expiresAfterDays: 365 -> null"]),
            (
                "lifecycle: {stages: [{name: a, when: {intervalsSinceLastOrder: {min: 1.5}}}, {name: b}]}",
                "lifecycle: {stages: [{name: a, when: {intervalsSinceLastOrder: {min: 2}}}, {name: b}]}",
                ["lifecycle.stages[a].when[0].intervalsSinceLastOrder.min: 1.5 -> 2"]
            ),
            (
                "journey: {phases: {a: ['x, y']}}", "journey: {phases: {a: [x, y]}}",
                ["journey.phases[a]: [\"x, y\"] -> [x, y]"]
            ),
        ] as [(String, String, [String])])
    func `a difference names the path and both values`(a: String, b: String, expected: [String]) throws {
        let changes = try Policy.diff(Policy(yaml: a), Policy(yaml: b))
        #expect(changes.map { "\($0.path): \($0.before ?? "nothing") -> \($0.after ?? "nothing")" } == expected)
    }

    @Test func `every key that can be given is in the canonical text`() throws {
        let diagnostics = Diagnostics()
        let policy = try Policy.decode(everything, base: nil, diagnostics: diagnostics)
        let paths = policy.canonical().split(separator: "\n").map { line in
            String(line.prefix { $0 != " " }).replacing(/when\[\d+\]/, with: "when").replacing(/\[.*?\]/, with: "[]")
        }
        // A name stands in the line of the list's order and in the paths below.
        for key in diagnostics.understood where !key.hasSuffix("[].name") {
            #expect(paths.contains { $0 == key || $0.hasPrefix(key + ".") }, "\(key)")
        }
        #expect(Set(paths).count > 50)
    }
}
