extension Span<UInt8> {
    /// The number of two ASCII digits at `offset`; nil where there are none. The span must reach that far.
    @inline(__always)
    func twoDigits(at offset: Int) -> Int? {
        let tens = self[offset] &- UInt8(ascii: "0")
        let ones = self[offset + 1] &- UInt8(ascii: "0")
        guard tens <= 9, ones <= 9 else { return nil }
        return Int(tens) &* 10 &+ Int(ones)
    }
}

extension [UInt8] {
    /// Appends a number in decimal, with zeros in front up to `width` digits.
    mutating func appendDecimal(_ number: Int, width: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var unit: UInt = 1
        for _ in 1..<width { unit *= 10 }
        while number.magnitude / unit >= 10 { unit *= 10 }
        while unit > 0 {
            append(UInt8(ascii: "0") + UInt8(number.magnitude / unit % 10))
            unit /= 10
        }
    }
}

extension FixedWidthInteger {
    /// The quotient rounded down; the divisor is positive.
    @inline(__always)
    func floorDivided(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// The remainder that is never negative; the divisor is positive.
    @inline(__always)
    func floorModulo(_ divisor: Self) -> Self {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
