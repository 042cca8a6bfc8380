import Testing
import Touchpoints
import Wayfold

@testable import Service

struct ShownTests {
    @Test(arguments: [
        ("0", "0"), ("999", "999"), ("1000", "1,000"), ("-1234567.89", "-1,234,567.89"), ("-100", "-100"),
        ("12345.6789", "12,345.6789"),
    ])
    func `digits are grouped by three`(text: String, shown: String) { #expect(Shown.grouped(text) == shown) }

    @Test(arguments: [
        (0.25, "0.3 s"), (59, "59.0 s"), (60, "1.0 min"), (3_600, "1.0 h"), (86_400, "24.0 h"), (259_200, "3.0 days"),
        (.infinity, "– days"),
    ])
    func `a duration is in the unit that is easily read`(seconds: Double, shown: String) {
        #expect(Shown.duration(seconds) == shown)
    }

    @Test(arguments: [
        (Value.null, "–"), (.integer(12_345), "12,345"), (.decimal(units: -123_456, scale: 2), "-1,234.56"),
        (.number(1.0 / 3), "0.33"), (.number(.nan), "–"), (.flag(true), "yes"), (.text("<"), "&lt;"),
        (
            .time(Timestamp(rawValue: 1_774_958_400_500_000)),
            "<time datetime=\"2026-03-31T12:00:00.500Z\">2026-03-31 12:00:00</time>"
        ),
    ])
    func `a value is shown by its kind`(value: Value, markup: String) { #expect(Shown.value(value).markup == markup) }

    @Test func `a heading says the unit once`() {
        #expect(Column.integer("recency_days", unit: "days").heading.title == "recency days")
        #expect(Column.integer("balance", unit: "points").heading.title == "balance (points)")
        #expect(Column.time("since").heading.title == "since (UTC)")
        #expect(Column.decimal("monetary").heading.isNumber)
        #expect(!Column.text("stage").heading.isNumber)
    }
}
