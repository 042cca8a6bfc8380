/// A text that is not an encoded zone table.
public struct ZoneTableTextError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
}

extension ZoneTable {
    /// The table as one line of text, a few kilobytes at most; ``init(encoded:)`` reads it back.
    ///
    /// The name, the first offset, then for each transition the seconds since the one before (of the first: since
    /// 1970-01-01T00:00:00Z) and, after a colon, the new offset; offsets are seconds east of UTC:
    /// `Europe/Berlin 3208 -2422054408:3600 729356400:7200 ...`
    public var encoded: String {
        var text = "\(name) \(offsets[0] / 1_000_000)"
        var before: Int64 = 0
        for (start, offset) in zip(starts, offsets.dropFirst()) {
            text += " \((start - before) / 1_000_000):\(offset / 1_000_000)"
            before = start
        }
        return text
    }

    /// Reads what ``encoded`` wrote.
    public init(encoded text: String) throws(ZoneTableTextError) {
        let fields = text.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count >= 2, !fields[0].isEmpty else {
            throw ZoneTableTextError(description: "expected a zone's name and its first offset")
        }
        let initialOffset = try Self.offset(fields[1])
        var transitions: [(seconds: Int64, offset: Int)] = []
        var seconds: Int64 = 0
        for field in fields.dropFirst(2) {
            let parts = field.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let delta = Int64(parts[0]), transitions.isEmpty || delta > 0 else {
                throw ZoneTableTextError(description: "expected seconds and an offset, not \"\(field)\"")
            }
            let (sum, overflow) = seconds.addingReportingOverflow(delta)
            guard !overflow, Self.secondsRange.contains(sum) else {
                throw ZoneTableTextError(description: "a transition lies outside the years 1 to 9999")
            }
            seconds = sum
            transitions.append((seconds, try Self.offset(parts[1])))
        }
        self.init(name: String(fields[0]), initialOffset: initialOffset, transitions: transitions)
    }

    /// The seconds that a transition may have: the years 1 to 9999.
    static let secondsRange =
        (Timestamp.earliest.rawValue / 1_000_000)...(Timestamp.latest.rawValue.floorDivided(by: 1_000_000))

    private static func offset(_ text: some StringProtocol) throws(ZoneTableTextError) -> Int {
        guard let offset = Int(text), offset.magnitude < offsetLimit / 1_000_000 else {
            throw ZoneTableTextError(description: "expected an offset in seconds, not \"\(text)\"")
        }
        return offset
    }
}
