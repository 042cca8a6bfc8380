import Policies
import Testing
import Touchpoints

@Suite struct FixedDecimalTests {
    @Test(
        arguments: [
            ("0", 0, "0"), ("12", 120_000, "12"), ("0.0001", 1, "0.0001"), ("1.50", 15_000, "1.5"),
            ("007", 70_000, "7"),
            ("999999999999.9999", 9_999_999_999_999_999, "999999999999.9999"),
        ] as [(String, Int64, String)])
    func `a decimal is kept exactly`(text: String, scaled: Int64, written: String) {
        #expect(FixedDecimal(text)?.scaled == scaled)
        #expect(FixedDecimal(text)?.description == written)
    }

    @Test(arguments: ["", ".", "1.", ".5", "-1", "+1", "1.00001", "1000000000000", "1e3", "1 ", "1.2.3", "١"])
    func `anything else is refused`(text: String) {
        #expect(FixedDecimal(text) == nil)
    }

    @Test(
        arguments: [
            ("EUR", "9.991", 1_000), ("EUR", "9.99", 999), ("JPY", "9.99", 10), ("KWD", "9.99", 9_990),
            ("CLF", "0.0001", 1),
        ] as [(String, String, Int64)])
    func `minor units reach the number`(code: String, text: String, minor: Int64) throws {
        let currency = try #require(Currency(code: code))
        #expect(try #require(FixedDecimal(text)).minorUnitsUp(in: currency) == minor)
    }
}
