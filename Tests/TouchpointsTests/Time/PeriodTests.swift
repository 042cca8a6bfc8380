import Testing
import Touchpoints

@Suite struct PeriodTests {
    @Test(
        arguments: [
            ("45s", Period.elapsed(.seconds(45))), ("30m", .elapsed(.minutes(30))), ("24h", .elapsed(.hours(24))),
            ("30d", .days(30)), ("0d", .days(0)), ("36500d", .days(36_500)),
        ] as [(String, Period)])
    func `a number and a unit are a period`(text: String, period: Period) {
        #expect(Period(text) == period)
        #expect(Period(period.description) == period)
    }

    @Test(arguments: [
        "", "30", "m", "-1d", "+1d", "-0m", "1.5h", "30 m", "1w", "36501d", "876001h", "99999999999999999999s", "1D",
    ])
    func `anything else is refused`(text: String) {
        #expect(Period(text) == nil)
    }

    @Test(arguments: [(90, "90s"), (120, "2m"), (7_200, "2h"), (86_400, "24h")] as [(Int64, String)])
    func `it is written in the greatest unit that divides it`(seconds: Int64, text: String) {
        #expect(Period.elapsed(.seconds(seconds)).description == text)
    }

    @Test func `days end when a day begins, hours when they have passed`() throws {
        let berlin = try ZoneSample.named("Europe/Berlin").table()
        let evening = try Timestamp(rfc3339: "2024-03-30T23:30:00+01:00")
        #expect(Period.days(1).end(after: evening, in: berlin).description == "2024-03-30T23:00:00Z")
        #expect(Period.days(2).end(after: evening, in: berlin).description == "2024-03-31T22:00:00Z")
        #expect(Period.elapsed(.hours(24)).end(after: evening, in: berlin).description == "2024-03-31T22:30:00Z")
        #expect(Period.days(0).end(after: evening, in: berlin).description == "2024-03-29T23:00:00Z")
    }
}
