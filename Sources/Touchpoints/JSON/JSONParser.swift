/// The scanner behind ``JSONTape``: one pass, recursive by level.
struct JSONParser: ~Copyable, ~Escapable {
    private let bytes: RawSpan
    private let count: Int
    private var entries: [JSONTape.Entry]
    private var at = 0

    /// - Parameter bytes: the text and ``JSONTape/padding`` zeros behind its `count` bytes.
    @_lifetime(copy bytes)
    init(bytes: RawSpan, count: Int, entries: consuming [JSONTape.Entry]) {
        self.bytes = bytes
        self.count = count
        self.entries = entries
    }

    /// Scans the text: one value with white space around it.
    mutating func document() throws(JSONError) {
        skipSpace()
        try value(depth: 0)
        skipSpace()
        if at != count { throw JSONError(offset: at, reason: .trailingBytes) }
    }

    mutating func takeEntries() -> [JSONTape.Entry] {
        var taken: [JSONTape.Entry] = []
        swap(&taken, &entries)
        return taken
    }
}

/// Values.
extension JSONParser {
    private mutating func value(depth: Int) throws(JSONError) {
        switch byte(at) {
        case UInt8(ascii: "\""): _ = try string(isName: false)
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        case UInt8(ascii: "t"): try literal("true", .boolean)
        case UInt8(ascii: "f"): try literal("false", .boolean)
        case UInt8(ascii: "n"): try literal("null", .null)
        default: throw unexpected()
        }
    }

    private mutating func object(depth: Int) throws(JSONError) {
        let own = try open(.object, depth: depth)
        var names = NamesSeen()
        skipSpace()
        if byte(at) != UInt8(ascii: "}") {
            while true {
                guard byte(at) == UInt8(ascii: "\"") else { throw unexpected() }
                let name = try string(isName: true)
                try check(name, in: own, &names)
                skipSpace()
                guard byte(at) == UInt8(ascii: ":") else { throw unexpected() }
                at += 1
                skipSpace()
                try value(depth: depth + 1)
                skipSpace()
                if byte(at) == UInt8(ascii: "}") { break }
                guard byte(at) == UInt8(ascii: ",") else { throw unexpected() }
                at += 1
                skipSpace()
            }
        }
        close(own)
        if names.count > NamesSeen.limit { try checkAll(of: own) }
    }

    private mutating func array(depth: Int) throws(JSONError) {
        let own = try open(.array, depth: depth)
        skipSpace()
        if byte(at) != UInt8(ascii: "]") {
            while true {
                try value(depth: depth + 1)
                skipSpace()
                if byte(at) == UInt8(ascii: "]") { break }
                guard byte(at) == UInt8(ascii: ",") else { throw unexpected() }
                at += 1
                skipSpace()
            }
        }
        close(own)
    }

    private mutating func number() throws(JSONError) {
        let start = at
        var isIntegral = true
        if byte(at) == UInt8(ascii: "-") { at += 1 }
        if byte(at) == UInt8(ascii: "0") { at += 1 } else { try digits() }
        if byte(at) == UInt8(ascii: ".") {
            isIntegral = false
            at += 1
            try digits()
        }
        if byte(at) | 0x20 == UInt8(ascii: "e") {
            isIntegral = false
            at += 1
            if byte(at) == UInt8(ascii: "+") || byte(at) == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        if isDigit(byte(at)) { throw JSONError(offset: at, reason: .malformedNumber) }
        append(.number, mark: isIntegral, start..<at)
    }

    /// One digit or more.
    private mutating func digits() throws(JSONError) {
        guard isDigit(byte(at)) else {
            throw JSONError(offset: at, reason: at >= count ? .unexpectedEnd : .malformedNumber)
        }
        repeat { at += 1 } while isDigit(byte(at))
    }

    private mutating func literal(_ word: StaticString, _ kind: JSONKind) throws(JSONError) {
        let start = at
        for letter in word.description.utf8 {
            guard byte(at) == letter else { throw unexpected() }
            at += 1
        }
        append(kind, mark: false, start..<at)
    }
}

/// Strings.
extension JSONParser {
    /// Scans the string whose opening quote stands here; gives its entry.
    private mutating func string(isName: Bool) throws(JSONError) -> Int {
        let start = at + 1
        var i = start
        var isEscaped = false
        while true {
            // Eight bytes at a time up to the first that is not plain ASCII; the padding ends every run.
            let special = JSONText.specialBytes(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
            if special == 0 {
                i += 8
                continue
            }
            i += special.trailingZeroBitCount >> 3
            switch byte(i) {
            case UInt8(ascii: "\""):
                at = i + 1
                append(.string, mark: isEscaped, start..<i)
                return entries.count - 1
            case UInt8(ascii: "\\"):
                isEscaped = true
                i = try escape(at: i, isName: isName)
            case 0x80...:
                let length = JSONText.lengthOfScalar(in: bytes, at: i)
                if length == 0 { throw JSONError(offset: i, reason: .malformedUTF8) }
                i += length
            default:
                throw JSONError(offset: i, reason: i >= count ? .unexpectedEnd : .controlCharacter)
            }
        }
    }

    /// Checks the escape at `i`; gives the offset behind it.
    private func escape(at i: Int, isName: Bool) throws(JSONError) -> Int {
        switch byte(i + 1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return i + 2
        case UInt8(ascii: "u"):
            guard let code = JSONText.codeUnit(in: bytes, at: i) else {
                throw JSONError(offset: i, reason: .malformedEscape)
            }
            if code == 0 && isName { throw JSONError(offset: i, reason: .zeroInName) }
            if !(0xD800...0xDFFF).contains(code) { return i + 6 }
            guard code < 0xDC00, let low = JSONText.codeUnit(in: bytes, at: i + 6), (0xDC00...0xDFFF).contains(low)
            else { throw JSONError(offset: i, reason: .loneSurrogate) }
            return i + 12
        default:
            throw JSONError(offset: i, reason: i + 1 >= count ? .unexpectedEnd : .malformedEscape)
        }
    }
}

/// Names that stand twice.
extension JSONParser {
    /// A filter over the names of one object, so that most names are compared with none of the others.
    private struct NamesSeen {
        /// Beyond that many members the names are compared by sorting, once, at the end.
        static let limit = 64
        var filter: UInt64 = 0
        var count = 0
    }

    private func check(_ name: Int, in object: Int, _ seen: inout NamesSeen) throws(JSONError) {
        seen.count += 1
        let entry = entries[name]
        // An escaped name may equal any other: it sets and meets all bits.
        var bits = UInt64.max
        if !entry.mark {
            let range = entry.range
            let ends = range.isEmpty ? 0 : Int(byte(range.lowerBound)) &* 7 &+ Int(byte(range.upperBound - 1))
            bits = 1 << UInt64(truncatingIfNeeded: (ends &+ range.count) & 63)
        }
        defer { seen.filter |= bits }
        guard seen.filter & bits != 0, seen.count <= NamesSeen.limit else { return }
        var other = object + 1
        while other < name {
            let candidate = entries[other]
            let isSame =
                candidate.mark || entry.mark
                ? JSONText.decoded(bytes, candidate.range) == JSONText.decoded(bytes, entry.range)
                : JSONText.areEqual(bytes, candidate.range, entry.range)
            if isSame { throw duplicate(name) }
            other = Int(entries[other + 1].next)
        }
    }

    /// Compares all names of one object with a set: O(n) in its members.
    private func checkAll(of object: Int) throws(JSONError) {
        var seen: Set<[UInt8]> = []
        var name = object + 1
        while name < Int(entries[object].next) {
            guard seen.insert(JSONText.decoded(bytes, entries[name].range)).inserted else { throw duplicate(name) }
            name = Int(entries[name + 1].next)
        }
    }

    private func duplicate(_ name: Int) -> JSONError {
        let text = String(decoding: JSONText.decoded(bytes, entries[name].range), as: UTF8.self)
        return JSONError(offset: entries[name].range.lowerBound - 1, reason: .duplicateName(text))
    }
}

/// Small steps.
extension JSONParser {
    @inline(__always) private func byte(_ offset: Int) -> UInt8 {
        unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    @inline(__always) private mutating func skipSpace() {
        while true {
            switch byte(at) {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    private func unexpected() -> JSONError {
        JSONError(offset: at, reason: at >= count ? .unexpectedEnd : .unexpectedByte(byte(at)))
    }

    @inline(__always) private mutating func append(_ kind: JSONKind, mark: Bool, _ range: Range<Int>) {
        let next = UInt32(truncatingIfNeeded: entries.count + 1)
        entries.append(
            JSONTape.Entry(
                kind: kind, mark: mark, start: UInt32(truncatingIfNeeded: range.lowerBound),
                end: UInt32(truncatingIfNeeded: range.upperBound), next: next))
    }

    private mutating func open(_ kind: JSONKind, depth: Int) throws(JSONError) -> Int {
        if depth >= JSONTape.maximalDepth { throw JSONError(offset: at, reason: .tooDeep) }
        append(kind, mark: false, at..<at)
        at += 1
        return entries.count - 1
    }

    private mutating func close(_ own: Int) {
        at += 1
        entries[own].end = UInt32(truncatingIfNeeded: at)
        entries[own].next = UInt32(truncatingIfNeeded: entries.count)
    }
}
