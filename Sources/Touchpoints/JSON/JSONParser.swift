/// The scanner behind ``JSONTape``: one pass, recursive by level.
///
/// Each step takes the offset at which it begins and gives the one behind what it took: where the scan stands is never in
/// memory, from which each step would have to wait for it.
struct JSONParser: ~Escapable {
    /// What is noted of the values, in the order of the text.
    typealias Entries = OutputSpan<JSONTape.Entry>

    let bytes: RawSpan
    let count: Int
    let names: Span<KnownNameTable.Slot>

    /// - Parameters:
    ///   - bytes: the text and ``JSONTape/padding`` zeros behind its `count` bytes.
    ///   - names: what is looked up of each name.
    @_lifetime(copy bytes, copy names)
    init(bytes: RawSpan, count: Int, names: Span<KnownNameTable.Slot>) {
        self.bytes = bytes
        self.count = count
        self.names = names
    }

    /// How many entries a text may have at most: each but the first has a byte before it that is none of its own.
    static func maximalEntries(of count: Int) -> Int { count / 2 + JSONTape.maximalDepth + 2 }

    /// Scans the text: one value with white space around it.
    func document(_ entries: inout Entries) throws(JSONError) {
        let end = afterSpace(try value(at: afterSpace(0), depth: 0, &entries))
        if end != count { throw JSONError(offset: end, reason: .trailingBytes) }
    }
}

/// Values.
extension JSONParser {
    @inline(__always)
    private func value(at start: Int, depth: Int, _ entries: inout Entries) throws(JSONError) -> Int {
        switch byte(start) {
        case UInt8(ascii: "\""): try string(at: start, &entries)
        case UInt8(ascii: "{"): try object(at: start, depth: depth, &entries)
        case UInt8(ascii: "["): try array(at: start, depth: depth, &entries)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(at: start, &entries)
        case UInt8(ascii: "t"): try literal("true", .boolean, at: start, &entries)
        case UInt8(ascii: "f"): try literal("false", .boolean, at: start, &entries)
        case UInt8(ascii: "n"): try literal("null", .null, at: start, &entries)
        default: throw unexpected(at: start)
        }
    }

    private func object(at start: Int, depth: Int, _ entries: inout Entries) throws(JSONError) -> Int {
        let own = try open(.object, at: start, depth: depth, &entries)
        var names = NamesSeen()
        var at = afterSpace(start &+ 1)
        if byte(at) != UInt8(ascii: "}") {
            while true {
                guard byte(at) == UInt8(ascii: "\"") else { throw unexpected(at: at) }
                at = afterSpace(try name(at: at, in: own, &entries, &names))
                guard byte(at) == UInt8(ascii: ":") else { throw unexpected(at: at) }
                at = afterSpace(try value(at: afterSpace(at &+ 1), depth: depth &+ 1, &entries))
                if byte(at) != UInt8(ascii: ",") { break }
                at = afterSpace(at &+ 1)
            }
            guard byte(at) == UInt8(ascii: "}") else { throw unexpected(at: at) }
        }
        close(own, end: at &+ 1, &entries)
        if names.count > NamesSeen.limit { try checkAll(of: own, entries) }
        return at &+ 1
    }

    private func array(at start: Int, depth: Int, _ entries: inout Entries) throws(JSONError) -> Int {
        let own = try open(.array, at: start, depth: depth, &entries)
        var at = afterSpace(start &+ 1)
        if byte(at) != UInt8(ascii: "]") {
            while true {
                at = afterSpace(try value(at: at, depth: depth &+ 1, &entries))
                if byte(at) != UInt8(ascii: ",") { break }
                at = afterSpace(at &+ 1)
            }
            guard byte(at) == UInt8(ascii: "]") else { throw unexpected(at: at) }
        }
        close(own, end: at &+ 1, &entries)
        return at &+ 1
    }

    private func number(at start: Int, _ entries: inout Entries) throws(JSONError) -> Int {
        var at = start
        var isIntegral = true
        if byte(at) == UInt8(ascii: "-") { at &+= 1 }
        at = byte(at) == UInt8(ascii: "0") ? at &+ 1 : try afterDigits(at)
        if byte(at) == UInt8(ascii: ".") {
            isIntegral = false
            at = try afterDigits(at &+ 1)
        }
        if byte(at) | 0x20 == UInt8(ascii: "e") {
            isIntegral = false
            at &+= 1
            if byte(at) == UInt8(ascii: "+") || byte(at) == UInt8(ascii: "-") { at &+= 1 }
            at = try afterDigits(at)
        }
        if isDigit(byte(at)) { throw JSONError(offset: at, reason: .malformedNumber) }
        append(.number, mark: isIntegral, start, at, &entries)
        return at
    }

    /// One digit or more.
    private func afterDigits(_ start: Int) throws(JSONError) -> Int {
        guard isDigit(byte(start)) else {
            throw JSONError(offset: start, reason: start >= count ? .unexpectedEnd : .malformedNumber)
        }
        var at = start
        repeat { at &+= 1 } while isDigit(byte(at))
        return at
    }

    private func literal(
        _ word: StaticString, _ kind: JSONKind, at start: Int, _ entries: inout Entries
    ) throws(JSONError) -> Int {
        let end = start &+ word.utf8CodeUnitCount
        for i in 0..<word.utf8CodeUnitCount {
            guard unsafe byte(start &+ i) == word.utf8Start[i] else { throw unexpected(at: start &+ i) }
        }
        append(kind, mark: false, start, end, &entries)
        return end
    }
}

/// Small steps.
extension JSONParser {
    /// Unchecked: no token goes on over the zeros behind the text, and each is read at most three bytes ahead.
    @inline(__always) func byte(_ offset: Int) -> UInt8 {
        unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    @inline(__always) private func afterSpace(_ start: Int) -> Int {
        var at = start
        while byte(at) <= 0x20 {
            switch byte(at) {
            case 0x20, 0x0A, 0x0D, 0x09: at &+= 1
            default: return at
            }
        }
        return at
    }

    private func unexpected(at offset: Int) -> JSONError {
        JSONError(offset: offset, reason: offset >= count ? .unexpectedEnd : .unexpectedByte(byte(offset)))
    }

    @inline(__always)
    func append(_ kind: JSONKind, mark: Bool, number: UInt16 = 0, _ start: Int, _ end: Int, _ entries: inout Entries) {
        entries.append(
            JSONTape.Entry(
                kind: kind, mark: mark, number: number, start: UInt32(truncatingIfNeeded: start),
                end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: entries.count &+ 1)))
    }

    @inline(__always)
    private func open(
        _ kind: JSONKind, at start: Int, depth: Int, _ entries: inout Entries
    ) throws(JSONError) -> Int {
        if depth >= JSONTape.maximalDepth { throw JSONError(offset: start, reason: .tooDeep) }
        append(kind, mark: false, start, start, &entries)
        return entries.count &- 1
    }

    @inline(__always)
    private func close(_ own: Int, end: Int, _ entries: inout Entries) {
        entries[own].end = UInt32(truncatingIfNeeded: end)
        entries[own].next = UInt32(truncatingIfNeeded: entries.count)
    }
}
