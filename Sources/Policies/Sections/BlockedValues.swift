/// Values to be found by their bytes, ASCII letters of either case; asked once an event, so without a hash of each.
struct BlockedValues: Equatable, Sendable {
    /// In small letters, by their number of bytes.
    private var byLength: [[[UInt8]]] = []

    init(_ values: [String]) {
        let lowered = values.map { value in value.utf8.map(Self.lowercased) }
        byLength = Array(repeating: [], count: (lowered.map(\.count).max() ?? 0) + 1)
        for value in lowered { byLength[value.count].append(value) }
    }

    /// O(length of the value) for each listed value of its length.
    func contains(_ value: Span<UInt8>) -> Bool {
        guard value.count < byLength.count else { return false }
        return byLength[value.count].contains { listed in
            for index in listed.indices where Self.lowercased(value[index]) != listed[index] { return false }
            return true
        }
    }

    /// Whether there are only zeros, dashes and white space (of Unicode, too), or nothing at all.
    static func isFiller(_ value: Span<UInt8>) -> Bool {
        for index in value.indices {
            switch value[index] {
            case UInt8(ascii: "0"), UInt8(ascii: "-"), 0x09...0x0D, 0x20: continue
            case 0x80...: return isWideFiller(value)
            default: return false
            }
        }
        return true
    }

    private static func isWideFiller(_ value: Span<UInt8>) -> Bool {
        let text = String(decoding: value.indices.map { value[$0] }, as: UTF8.self)
        return text.unicodeScalars.allSatisfy { "0-".unicodeScalars.contains($0) || $0.properties.isWhitespace }
    }

    static func lowercased(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }
}
