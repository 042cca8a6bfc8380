import Projections
import Testing

@testable import WayfoldCLI

@Suite struct ValueTextTests {
    @Test(arguments: [
        (Int128(0), 0, "0"), (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (1234, 2, "12.34"), (1234, 0, "1234"),
        (-123_456, 3, "-123.456"),
    ])
    func `a decimal has exactly its digits`(units: Int128, scale: Int, text: String) {
        #expect(Value.decimal(units: units, scale: scale).text == text)
    }

    @Test func `estimates are rounded for people only`() {
        #expect(Value.number(2.0 / 3).shown == "0.6667")
        #expect(Value.number(-0.00001).shown == "0.0000")
    }
}
