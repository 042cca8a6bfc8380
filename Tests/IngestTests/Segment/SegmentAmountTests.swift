import Testing
import Touchpoints

@testable import Ingest

struct SegmentAmountTests {
    @Test(
        arguments: [
            ("0", "EUR", "0.00", false), ("27.5", "EUR", "27.50", false), ("27.50", "EUR", "27.50", false),
            ("-3.1", "EUR", "-3.10", false), ("59.97000000000001", "EUR", "59.97", true),
            ("0.1250000", "EUR", "0.13", true), ("-0.125", "EUR", "-0.13", true), ("0.005", "EUR", "0.01", true),
            ("0.00499999999999999999999999", "EUR", "0.00", true), ("9.995", "EUR", "10.00", true),
            ("1e3", "EUR", "1000.00", false), ("1.5E-1", "EUR", "0.15", false), ("12345e-4", "EUR", "1.23", true),
            ("1200", "JPY", "1200", false), ("1199.5", "JPY", "1200", true), ("1.2345", "KWD", "1.235", true),
            ("0e9999", "EUR", "0.00", false), ("0.000e-20", "EUR", "0.00", false), ("1e-30", "EUR", "0.00", true),
            ("00012.30", "EUR", "12.30", false), ("92233720368547758.07", "EUR", "92233720368547758.07", false),
            ("0.1e1", "EUR", "1.00", false), ("9e-3", "EUR", "0.01", true), ("-0.00", "EUR", "0.00", false),
        ] as [(String, String, String, Bool)])
    func `a number in any spelling is read exactly, and rounded half away from zero`(
        text: String, code: String, amount: String, isRounded: Bool
    ) throws {
        let currency = try #require(Currency(code: code))
        let read = try #require(SegmentAmount(Array(text.utf8), currency: currency))
        #expect(read.money.decimal == amount)
        #expect(read.isRounded == isRounded)
    }

    @Test(arguments: [
        "", "-", "+1", "1.", ".5", "1,5", "1 ", " 1", "$1", "1e", "1e+", "1e99999", "NaN", "1e400", "Infinity",
        "92233720368547758.08", "92233720368547758.075", "99999999999999999999", "1e18", "0x10", "1_000", "--1",
    ])
    func `anything else is no amount`(text: String) throws {
        let euro = try #require(Currency(code: "EUR"))
        #expect(SegmentAmount(Array(text.utf8), currency: euro) == nil)
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `cents written as whole and fraction come back as they were`(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        for _ in 0..<50 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let cents = Int64(bitPattern: state) >> (Int64(state & 31) + 8)
            let euro = try #require(Currency(code: "EUR"))
            let money = Money(minorUnits: cents, currency: euro)
            #expect(SegmentAmount(Array(money.decimal.utf8), currency: euro)?.money == money)
            #expect(SegmentAmount(Array("\(cents)e-2".utf8), currency: euro)?.money == money)
        }
    }
}
