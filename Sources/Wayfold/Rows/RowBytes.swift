import Projections
import Touchpoints

/// Rows as bytes, for files that only the process reads that wrote them.
enum RowBytes {
    private enum Tag: UInt8 { case null, text, integer, decimal, number, time, day, flag }

    static func append(_ row: Row, to bytes: inout [UInt8]) {
        for value in row {
            switch value {
            case .null: bytes.append(Tag.null.rawValue)
            case .text(let text):
                bytes.append(Tag.text.rawValue)
                append(UInt32(text.utf8.count), to: &bytes)
                bytes += text.utf8
            case .integer(let number):
                bytes.append(Tag.integer.rawValue)
                append(number, to: &bytes)
            case .decimal(let units, let scale):
                bytes.append(Tag.decimal.rawValue)
                append(units, to: &bytes)
                append(Int32(scale), to: &bytes)
            case .number(let number):
                bytes.append(Tag.number.rawValue)
                append(number.bitPattern, to: &bytes)
            case .time(let time):
                bytes.append(Tag.time.rawValue)
                append(time.rawValue, to: &bytes)
            case .day(let day):
                bytes.append(Tag.day.rawValue)
                append(day.rawValue, to: &bytes)
            case .flag(let flag):
                bytes.append(Tag.flag.rawValue)
                bytes.append(flag ? 1 : 0)
            }
        }
    }

    private static func append<T: BitwiseCopyable>(_ number: T, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number) { bytes += $0 }
    }

    /// The row that these bytes were made of.
    static func row(_ bytes: RawSpan, count: Int) -> Row {
        var row: Row = []
        row.reserveCapacity(count)
        var offset = 0
        while offset < bytes.byteCount { row.append(value(bytes, &offset)) }
        return row
    }

    private static func value(_ bytes: RawSpan, _ offset: inout Int) -> Value {
        let tag = Tag(rawValue: take(UInt8.self, bytes, &offset))!
        switch tag {
        case .null: return .null
        case .text:
            let count = Int(take(UInt32.self, bytes, &offset))
            defer { offset += count }
            return .text(
                bytes.extracting(offset..<offset + count).withUnsafeBytes { String(decoding: $0, as: UTF8.self) })
        case .integer: return .integer(take(Int64.self, bytes, &offset))
        case .decimal:
            let units = take(Int128.self, bytes, &offset)
            return .decimal(units: units, scale: Int(take(Int32.self, bytes, &offset)))
        case .number: return .number(Double(bitPattern: take(UInt64.self, bytes, &offset)))
        case .time: return .time(Timestamp(microseconds: take(Int64.self, bytes, &offset)))
        case .day: return .day(CivilDay(rawValue: take(Int32.self, bytes, &offset)))
        case .flag: return .flag(take(UInt8.self, bytes, &offset) == 1)
        }
    }

    private static func take<T: BitwiseCopyable>(_: T.Type, _ bytes: RawSpan, _ offset: inout Int) -> T {
        defer { offset += MemoryLayout<T>.size }
        return bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: T.self)
    }
}
