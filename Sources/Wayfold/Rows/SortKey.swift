import Projections
import Touchpoints

/// Values as bytes that compare as the values do, and of which none begins another's.
enum SortKey {
    /// Appends a value of a column; false, and nothing appended, for null and for what is none of the column's kind.
    static func append(_ value: Value, as kind: Column.Kind, to bytes: inout [UInt8]) -> Bool {
        switch (kind, value) {
        case (.text, .text(let text)): append(text, to: &bytes)
        case (.integer, .integer(let number)), (.decimal, .integer(let number)):
            append(Int128(number), scale: 0, to: &bytes)
        case (.integer, .decimal(let units, let scale)), (.decimal, .decimal(let units, let scale)):
            append(units, scale: scale, to: &bytes)
        case (.number, _):
            guard let number = value.measured, number.isFinite else { return false }
            append(number, to: &bytes)
        case (.time, .time(let time)): append(time.rawValue, to: &bytes)
        case (.day, .day(let day)): append(Int64(day.rawValue), to: &bytes)
        case (.flag, .flag(let flag)): bytes.append(flag ? 1 : 0)
        default: return false
        }
        return true
    }

    /// Two zeros end a text, and no text has them: behind a zero of its own stands 255.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            bytes.append(byte)
            if byte == 0 { bytes.append(255) }
        }
        bytes.append(0)
        bytes.append(0)
    }

    /// `units` / 10^`scale`, equal for equal values: the sign, the power of ten of the first digit, and the digits without
    /// zeros at their end, of which a zero is the end. Below zero all of it is turned round.
    private static func append(_ units: Int128, scale: Int, to bytes: inout [UInt8]) {
        guard units != 0 else {
            bytes.append(1)
            return
        }
        bytes.append(units < 0 ? 0 : 2)
        let start = bytes.count
        let digits = Self.digits(of: units.magnitude)
        let power = UInt16(clamping: digits.count - scale + 0x8000)
        bytes.append(UInt8(power >> 8))
        bytes.append(UInt8(power & 0xFF))
        bytes += digits[...(digits.lastIndex { $0 != UInt8(ascii: "0") } ?? 0)]
        bytes.append(0)
        if units < 0 { for index in start..<bytes.count { bytes[index] = ~bytes[index] } }
    }

    private static func digits(of magnitude: UInt128) -> [UInt8] {
        // Wide division is slow.
        if let small = UInt64(exactly: magnitude) { return Array(String(small).utf8) }
        return Array(String(magnitude).utf8)
    }

    private static func append(_ number: Double, to bytes: inout [UInt8]) {
        // Of the two zeros the positive one.
        let bits = (number + 0).bitPattern
        append(bigEndian: bits >> 63 == 1 ? ~bits : bits | 1 << 63, to: &bytes)
    }

    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        append(bigEndian: UInt64(bitPattern: number) ^ 1 << 63, to: &bytes)
    }

    private static func append(bigEndian word: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
}

extension Value {
    /// The value of a column of measured numbers, where views also put exact ones.
    var measured: Double? {
        switch self {
        case .number(let number): number
        case .integer(let number): Double(number)
        case .decimal: text.flatMap(Double.init)
        default: nil
        }
    }
}
