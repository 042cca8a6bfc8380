/// Why bytes are not a time zone file.
public enum TZifError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Does not begin with `TZif`, or is of version 1, which has no rule for the years to come.
    case notTZif
    /// Shorter than its headers say.
    case truncated
    /// A header, a type or an order of transitions that RFC 9636 forbids.
    case malformed
    /// The rule in the footer cannot be read.
    case rule(String)

    public var description: String {
        switch self {
        case .notTZif: "not a time zone file of version 2 or later"
        case .truncated: "the time zone file is cut off"
        case .malformed: "the time zone file is malformed"
        case .rule(let text): "the time zone file's rule \"\(text)\" cannot be read"
        }
    }
}

extension ZoneTable {
    /// Reads a time zone file (RFC 9636, version 2 or later), as they lie below `/usr/share/zoneinfo`.
    ///
    /// The rule in the footer is written out up to the end of the year `until`.
    public init(tzif bytes: [UInt8], name: String, until year: Int = 2100) throws(TZifError) {
        var reader = TZifReader(bytes: bytes)
        let short = try reader.header()
        try reader.skip(
            short.transitions * 5 + short.types * 6 + short.characters + short.leapSeconds * 8 + short.flags)
        let header = try reader.header()
        var times: [Int64] = []
        for _ in 0..<header.transitions { times.append(try reader.signed(byteCount: 8)) }
        let indices = try reader.bytes(header.transitions)
        var offsets: [Int] = []
        for _ in 0..<header.types {
            offsets.append(Int(try reader.signed(byteCount: 4)))
            try reader.skip(2)
        }
        try reader.skip(header.characters + header.leapSeconds * 12 + header.flags)
        guard !offsets.isEmpty, indices.allSatisfy({ Int($0) < offsets.count }),
            offsets.allSatisfy({ abs($0) < Self.offsetLimit / 1_000_000 }), zip(times, times.dropFirst()).allSatisfy(<)
        else { throw .malformed }

        // Some files begin with a transition at the beginning of time: it is the first offset.
        var initialOffset = offsets[0]
        var transitions: [(seconds: Int64, offset: Int)] = []
        for (seconds, index) in zip(times, indices) {
            if seconds < Self.secondsRange.lowerBound {
                initialOffset = offsets[Int(index)]
            } else if seconds <= Self.secondsRange.upperBound {
                transitions.append((seconds, offsets[Int(index)]))
            }
        }
        if let rule = try reader.footer() {
            let last = transitions.last?.seconds ?? .min
            let firstYear = transitions.isEmpty ? 1 : Timestamp(microseconds: last * 1_000_000).yearInUTC
            // A year early: around New Year the rule's local year is not that of UTC.
            for year in max(1, firstYear - 1)...max(year, firstYear) {
                transitions += rule.transitions(in: year).filter { $0.seconds > last }
            }
            transitions.sort { $0.seconds < $1.seconds }
        }
        self.init(name: name, initialOffset: initialOffset, transitions: transitions)
    }
}

extension Timestamp {
    fileprivate var yearInUTC: Int { CivilDay(rawValue: Int32(rawValue.floorDivided(by: ZoneTable.day))).year }
}

/// Takes the fields of a time zone file one after another; everything is big-endian.
private struct TZifReader {
    struct Header {
        var flags = 0, leapSeconds = 0, transitions = 0, types = 0, characters = 0
    }

    private let content: [UInt8]
    private var next = 0

    init(bytes: [UInt8]) { content = bytes }

    mutating func header() throws(TZifError) -> Header {
        guard content.count >= next + 5, content[next..<next + 4].elementsEqual("TZif".utf8),
            content[next + 4] >= UInt8(ascii: "2")
        else { throw .notTZif }
        try skip(20)
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(Int(UInt32(truncatingIfNeeded: try signed(byteCount: 4)))) }
        return Header(
            flags: counts[0] + counts[1], leapSeconds: counts[2], transitions: counts[3], types: counts[4],
            characters: counts[5])
    }

    mutating func skip(_ count: Int) throws(TZifError) {
        guard count <= content.count - next else { throw .truncated }
        next += count
    }

    mutating func bytes(_ count: Int) throws(TZifError) -> ArraySlice<UInt8> {
        try skip(count)
        return content[next - count..<next]
    }

    mutating func signed(byteCount: Int) throws(TZifError) -> Int64 {
        let bits = try bytes(byteCount).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return byteCount == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
    }

    /// The rule between two line feeds; nil where it is left empty.
    mutating func footer() throws(TZifError) -> POSIXZoneRule? {
        let rest = content[next...]
        guard rest.first == UInt8(ascii: "\n"), let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\n")) else {
            throw .truncated
        }
        let text = String(decoding: rest[(next + 1)..<end], as: UTF8.self)
        if text.isEmpty { return nil }
        guard let rule = POSIXZoneRule(text) else { throw .rule(text) }
        return rule
    }
}
