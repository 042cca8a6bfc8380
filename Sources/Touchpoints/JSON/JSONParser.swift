/// The scanner behind ``JSONTape``: one pass, recursive by level.
struct JSONParser: ~Escapable {
    /// What is noted of the values, in the order of the text.
    typealias Entries = OutputSpan<JSONTape.Entry>

    let bytes: RawSpan
    let count: Int
    let names: Span<KnownNameTable.Slot>
    var at = 0

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
    mutating func document(_ entries: inout Entries) throws(JSONError) {
        skipSpace()
        try value(depth: 0, &entries)
        skipSpace()
        if at != count { throw JSONError(offset: at, reason: .trailingBytes) }
    }
}

/// Values.
extension JSONParser {
    @inline(__always)
    private mutating func value(depth: Int, _ entries: inout Entries) throws(JSONError) {
        switch byte(at) {
        case UInt8(ascii: "\""): try string(isName: false, &entries)
        case UInt8(ascii: "{"): try object(depth: depth, &entries)
        case UInt8(ascii: "["): try array(depth: depth, &entries)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(&entries)
        case UInt8(ascii: "t"): try literal("true", .boolean, &entries)
        case UInt8(ascii: "f"): try literal("false", .boolean, &entries)
        case UInt8(ascii: "n"): try literal("null", .null, &entries)
        default: throw unexpected()
        }
    }

    private mutating func object(depth: Int, _ entries: inout Entries) throws(JSONError) {
        let own = try open(.object, depth: depth, &entries)
        var names = NamesSeen()
        skipSpace()
        if byte(at) != UInt8(ascii: "}") {
            while true {
                guard byte(at) == UInt8(ascii: "\"") else { throw unexpected() }
                let name = entries.count
                try string(isName: true, &entries)
                try take(name, in: own, &entries, &names)
                skipSpace()
                guard byte(at) == UInt8(ascii: ":") else { throw unexpected() }
                at &+= 1
                skipSpace()
                try value(depth: depth + 1, &entries)
                skipSpace()
                if byte(at) == UInt8(ascii: "}") { break }
                guard byte(at) == UInt8(ascii: ",") else { throw unexpected() }
                at &+= 1
                skipSpace()
            }
        }
        close(own, &entries)
        if names.count > NamesSeen.limit { try checkAll(of: own, entries) }
    }

    private mutating func array(depth: Int, _ entries: inout Entries) throws(JSONError) {
        let own = try open(.array, depth: depth, &entries)
        skipSpace()
        if byte(at) != UInt8(ascii: "]") {
            while true {
                try value(depth: depth + 1, &entries)
                skipSpace()
                if byte(at) == UInt8(ascii: "]") { break }
                guard byte(at) == UInt8(ascii: ",") else { throw unexpected() }
                at &+= 1
                skipSpace()
            }
        }
        close(own, &entries)
    }

    private mutating func number(_ entries: inout Entries) throws(JSONError) {
        let start = at
        var isIntegral = true
        if byte(at) == UInt8(ascii: "-") { at &+= 1 }
        if byte(at) == UInt8(ascii: "0") { at &+= 1 } else { try digits() }
        if byte(at) == UInt8(ascii: ".") {
            isIntegral = false
            at &+= 1
            try digits()
        }
        if byte(at) | 0x20 == UInt8(ascii: "e") {
            isIntegral = false
            at &+= 1
            if byte(at) == UInt8(ascii: "+") || byte(at) == UInt8(ascii: "-") { at &+= 1 }
            try digits()
        }
        if isDigit(byte(at)) { throw JSONError(offset: at, reason: .malformedNumber) }
        append(.number, mark: isIntegral, start..<at, &entries)
    }

    /// One digit or more.
    private mutating func digits() throws(JSONError) {
        guard isDigit(byte(at)) else {
            throw JSONError(offset: at, reason: at >= count ? .unexpectedEnd : .malformedNumber)
        }
        repeat { at &+= 1 } while isDigit(byte(at))
    }

    private mutating func literal(
        _ word: StaticString, _ kind: JSONKind, _ entries: inout Entries
    ) throws(JSONError) {
        let start = at
        for i in 0..<word.utf8CodeUnitCount {
            guard unsafe byte(at) == word.utf8Start[i] else { throw unexpected() }
            at &+= 1
        }
        append(kind, mark: false, start..<at, &entries)
    }
}

/// Small steps.
extension JSONParser {
    /// Unchecked: no token goes on over the zeros behind the text, and each is read at most three bytes ahead.
    @inline(__always) func byte(_ offset: Int) -> UInt8 {
        unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    @inline(__always) private mutating func skipSpace() {
        while byte(at) <= 0x20 {
            switch byte(at) {
            case 0x20, 0x0A, 0x0D, 0x09: at &+= 1
            default: return
            }
        }
    }

    private func unexpected() -> JSONError {
        JSONError(offset: at, reason: at >= count ? .unexpectedEnd : .unexpectedByte(byte(at)))
    }

    @inline(__always)
    func append(_ kind: JSONKind, mark: Bool, _ range: Range<Int>, _ entries: inout Entries) {
        entries.append(
            JSONTape.Entry(
                kind: kind, mark: mark, start: UInt32(truncatingIfNeeded: range.lowerBound),
                end: UInt32(truncatingIfNeeded: range.upperBound),
                next: UInt32(truncatingIfNeeded: entries.count &+ 1)))
    }

    private mutating func open(
        _ kind: JSONKind, depth: Int, _ entries: inout Entries
    ) throws(JSONError) -> Int {
        if depth >= JSONTape.maximalDepth { throw JSONError(offset: at, reason: .tooDeep) }
        append(kind, mark: false, at..<at, &entries)
        at &+= 1
        return entries.count &- 1
    }

    private mutating func close(_ own: Int, _ entries: inout Entries) {
        at &+= 1
        entries[own].end = UInt32(truncatingIfNeeded: at)
        entries[own].next = UInt32(truncatingIfNeeded: entries.count)
    }
}
