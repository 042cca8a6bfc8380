import Testing

@testable import Touchpoints

struct DecimalTests {
    @Test(
        arguments: [
            ("12.34", 2, 1234), ("12.3", 2, 1230), ("12", 2, 1200), ("-0.05", 2, -5), ("0", 0, 0), ("007", 0, 7),
            ("92233720368547758.07", 2, .max), ("-92233720368547758.08", 2, .min), ("1.234", 3, 1234),
        ] as [(String, Int, Int64)])
    func `a decimal is read exactly`(text: String, digits: Int, expected: Int64) throws {
        #expect(try Decimal.scaled(text.utf8.span, digits: digits) == expected)
    }

    @Test(arguments: [
        ("", DecimalError.malformed), (".5", .malformed), ("1.", .malformed), ("+1", .malformed), ("1e3", .malformed),
        ("1,5", .malformed), (" 1", .malformed), ("1 ", .malformed), ("--1", .malformed), ("-", .malformed),
        ("1.230", .tooManyDigits(2)), ("1.2.3", .malformed), ("92233720368547758.08", .overflow),
        ("99999999999999999999", .overflow), ("x", .malformed),
    ])
    func `anything else is an error`(text: String, error: DecimalError) {
        #expect(throws: error) { try Decimal.scaled(text.utf8.span, digits: 2) }
    }

    @Test func `a comma can be the separator`() throws {
        #expect(try Decimal.scaled("1,5".utf8.span, digits: 2, separator: UInt8(ascii: ",")) == 150)
    }

    @Test(arguments: [("EUR", "12.30", 1230), ("JPY", "1200", 1200), ("KWD", "-0.001", -1), ("EUR", "0.00", 0)])
    func `money is written with the digits of its currency`(code: String, text: String, units: Int64) throws {
        let currency = try #require(Currency(code: code))
        #expect(Money(minorUnits: units, currency: currency).decimal == text)
        #expect(try Money(decimal: text.utf8.span, currency: currency).minorUnits == units)
    }

    @Test func `yen have no decimals`() {
        #expect(throws: DecimalError.tooManyDigits(0)) {
            try Money(decimal: "1.5".utf8.span, currency: Currency(code: "JPY")!)
        }
    }

    @Test func `the smallest number is written whole`() {
        #expect(Decimal.text(.min, digits: 2) == "-92233720368547758.08")
    }
}
