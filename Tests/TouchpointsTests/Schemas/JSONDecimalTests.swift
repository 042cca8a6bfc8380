import Testing

@testable import Touchpoints

struct JSONDecimalTests {
    private static func compare(_ a: String, _ b: String) -> Int {
        let (left, right) = (Array(a.utf8), Array(b.utf8))
        return JSONDecimal(left.span.bytes, left.indices).compare(JSONDecimal(right.span.bytes, right.indices))
    }

    @Test(arguments: [
        ("0", "-0.00e5", 0), ("1", "1.000", 0), ("100", "1e2", 0), ("0.001", "1E-3", 0), ("12.5e1", "125", 0),
        ("1050", "10.5e+2", 0), ("1", "2", -1), ("-1", "-2", 1), ("-1", "1", -1), ("0", "1e-999", -1),
        ("9", "10", -1), ("99.9", "100", -1), ("0.0123", "0.01229", 1), ("1.5", "1.50001", -1),
        ("123456789012345678901234567890", "123456789012345678901234567891", -1),
        ("1e99999999999999999999", "1e300", 1), ("1e-99999999999999999999", "1e-300", -1),
        ("10.01", "10.1", -1), ("-0.5", "-0.25", -1),
    ])
    func `numbers are compared by value`(a: String, b: String, expected: Int) {
        #expect(Self.compare(a, b) == expected)
        #expect(Self.compare(b, a) == -expected)
    }

    @Test(arguments: [
        ("0", true), ("-0.0", true), ("1.0", true), ("1.50e1", true), ("1.5", false), ("15e-1", false),
        ("1500e-2", true), ("1e30", true), ("0.1e1", true), ("100000000000000000000.000000000000000001", false),
    ])
    func `an integer is a number without a fraction, however it is written`(text: String, expected: Bool) {
        let bytes = Array(text.utf8)
        #expect(JSONDecimal(bytes.span.bytes, bytes.indices).isInteger == expected)
    }

    @Test(arguments: 0..<200) func `small decimals are ordered as scaled integers are`(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        func number() -> (scaled: Int, text: String) {
            let (mantissa, exponent) = (next(2001) - 1000, next(6) - 3)
            let scaled = (0..<exponent + 3).reduce(mantissa) { value, _ in value * 10 }
            return (scaled, "\(mantissa)e\(exponent)")
        }
        let (a, b) = (number(), number())
        #expect(Self.compare(a.text, b.text) == (a.scaled - b.scaled).signum(), "\(a.text) and \(b.text)")
    }
}
