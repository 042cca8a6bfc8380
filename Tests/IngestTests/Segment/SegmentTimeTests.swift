import Testing
import Touchpoints

@testable import Ingest

struct SegmentTimeTests {
    @Test(
        arguments: [
            ("2026-03-01T09:00:00.123Z", "2026-03-01T09:00:00.123Z"),
            ("2026-03-01T09:00:00.123456+01:00", "2026-03-01T08:00:00.123456Z"),
            ("2026-03-01T09:00:00+0100", "2026-03-01T08:00:00Z"),
            ("2026-03-01T09:00:00.5-0330", "2026-03-01T12:30:00.500Z"),
            ("2026-03-01T09:00:00", "2026-03-01T09:00:00Z"), ("2026-03-01T09:00:00.25", "2026-03-01T09:00:00.250Z"),
            ("2026-03-01 09:00:00", "2026-03-01T09:00:00Z"), ("2026-03-01", "2026-03-01T00:00:00Z"),
            ("2015-2-02T00:30:08.276Z", "2015-02-02T00:30:08.276Z"),
        ])
    func `times that clients write are read`(text: String, time: String) {
        #expect(SegmentTime.instant(Array(text.utf8))?.description == time)
    }

    @Test(arguments: ["", "noon", "2026-02-30", "2026-03-01T25:00:00Z", "1772355600", "0001-1-1T00:00:00+2300"])
    func `anything else is no time`(text: String) { #expect(SegmentTime.instant(Array(text.utf8)) == nil) }

    @Test func `the error of a clock is taken off, within the times that there are`() throws {
        let made = try Timestamp(rfc3339: "2026-03-01T09:00:00Z")
        let received = made + .hours(1)
        // The client's clock is two minutes slow, and sends a second after it made the message.
        let slow = made - .minutes(2)
        #expect(SegmentTime.corrected(slow, sentAt: slow + .seconds(1), receivedAt: received) == received - .seconds(1))
        #expect(SegmentTime.corrected(.latest, sentAt: .earliest, receivedAt: received) == .latest)
        #expect(SegmentTime.corrected(.earliest, sentAt: .latest, receivedAt: received) == .earliest)
    }
}
