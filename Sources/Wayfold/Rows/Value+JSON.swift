public import Projections
import Touchpoints

extension Value {
    /// Appends the value as JSON: decimals are strings, times and days too, integers and estimates are numbers.
    public func appendJSON(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .text(let text): CanonicalJSON.append(string: text.utf8, to: &bytes)
        case .integer, .number, .flag: bytes += (text ?? "null").utf8
        case .decimal, .time, .day:
            bytes.append(UInt8(ascii: "\""))
            bytes += (text ?? "").utf8
            bytes.append(UInt8(ascii: "\""))
        }
    }

    /// The same as a text.
    public var json: String {
        var bytes: [UInt8] = []
        appendJSON(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
