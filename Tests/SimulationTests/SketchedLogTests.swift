import EventLog
import Glibc
import Projections
import Simulation
import Testing
import Touchpoints

struct SketchedLogTests {
    @Test func `a sketched log holds what was sketched`() async throws {
        var template = Array("/tmp/wayfold-sketch-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let folder = try DataFolder(creatingAt: path)
        let log = try await SketchedLog(folder: folder, policy: "timeZone: UTC\njourney: {sessionGap: 2h}")
        var paid = try SketchedEvent(.orderPaid, at: "2024-03-01T10:00:00Z", session: 3, order: 7, total: "12.50 EUR")
        paid.strand = StrandNumber(rawValue: 9)
        var nobody = try SketchedEvent(.pointsRedeemed, at: "2024-03-09T10:00:00Z", sequence: 4, points: 30)
        nobody.strand = .none
        let clock = try Timestamp(rfc3339: "2024-03-05T00:00:00Z")
        try await log.append([paid, nobody], now: clock)

        let reader = try LogReader(folder: folder)
        #expect(reader.head == Position(3))
        #expect(reader.clock == clock)
        var history = PolicyHistory()
        try history.refresh(from: reader)
        #expect(history.latest?.policy.journey.sessionGap == .hours(2))
        let order = try reader.event(at: Position(2))
        #expect(order.occurred == paid.occurred)
        #expect(order.order == 7)
        #expect(order.session == 3)
        #expect(order.money == paid.money)
        #expect(try reader.alias(of: order.strand)?.description == "member:9")
        let points = try reader.event(at: Position(3))
        #expect(points.strand.isNone)
        #expect(points.points == 30)
        #expect(points.sequence == 4)
        #expect(points.time == clock)
        try await log.close()
        for name in ["/log/data.mdb", "/log/lock.mdb", "/format", "/secret"] { unlink(path + name) }
        rmdir(path + "/log")
        rmdir(path)
    }
}
