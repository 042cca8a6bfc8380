import Digests
import Foundation
import Policies
import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

/// Every member of CDNOW's published sample at several dates, equal to an independent computation.
///
/// See `Tests/Fixtures/loyalty/make.py`, which made the golden lines; those of the whole file are there, too.
@Suite struct CDNOWLedgerTests {
    @Test(arguments: ["1997-03-31", "1997-12-31", "1998-01-20", "1998-06-30"], ["default", "other"])
    func `ledgers equal the independent ones`(date: String, policy: String) async throws {
        let clock = try Timestamp(rfc3339: date + "T00:00:00Z")
        var events = try Self.purchases().filter { $0.event.occurred <= clock }
        events.append(("", try .init(.clockTicked, at: date + "T00:00:00Z")))
        let log = try await SketchedLog(events, under: [policy == "default" ? .default : Self.otherPolicy])

        let rows = try log.rows(Loyalty.members).map { $0.dropFirst("member:".count) + "\n" }.sorted()
        let totals = try log.rows(Loyalty.totals)[0].split(separator: ",")
        let expiring = rows.reduce(0) { $0 + Int($1.split(separator: ",")[4])! }
        let tiers = try log.rows(Loyalty.tiers).map { $0.split(separator: ",")[1] }.joined(separator: ",")
        var digest = SHA256()
        digest.update(Array(rows.joined().utf8))
        let line =
            "sample,\(date),\(policy),\(rows.count),\(totals[1]),\(totals[2]),\(expiring),\(totals[4]),\(totals[6]),\(tiers),\(digest.finish())"
        #expect(try Self.fixture("loyalty/cdnow-ledgers.csv").split(separator: "\n").contains { $0 == line }, "\(line)")
    }

    private static let otherPolicy = ActivePolicy.loyalty {
        $0.earning.pointsPerUnit = FixedDecimal("2.5")!
        $0.earning.rounding = .nearest
        $0.pendingDays = 30
        $0.expiresAfterDays = 180
        $0.expiringWithinDays = 60
        $0.tiers.windowDays = 90
        $0.tiers.graceDays = 20
    }

    /// In the order of their dates, then as they stand in the file.
    private static func purchases() throws -> [(member: String, event: SketchedEvent)] {
        let purchases = try fixture("cdnow/CDNOW_sample.txt").split(whereSeparator: \.isNewline).map { line in
            let words = line.split(separator: " ").map(String.init)
            let day = words[2].prefix(4) + "-" + words[2].dropFirst(4).prefix(2) + "-" + words[2].suffix(2)
            return (words[0], try SketchedEvent(.orderPaid, at: day + "T00:00:00Z", total: words[4] + " USD"))
        }
        return purchases.enumerated()
            .sorted { ($0.element.1.occurred, $0.offset) < ($1.element.1.occurred, $1.offset) }.map(\.element)
    }

    private static func fixture(_ path: String) throws -> String {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures")
            .standardized
        return try String(contentsOf: fixtures.appending(path: path), encoding: .utf8)
    }
}
