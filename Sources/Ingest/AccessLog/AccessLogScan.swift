import Touchpoints

/// Walks the fields of a line: words, and texts in quotes or brackets, with one blank or more between them.
struct AccessLogScan {
    private var rest: ArraySlice<UInt8>

    init(_ line: ArraySlice<UInt8>) { rest = line }

    var isAtEnd: Bool {
        mutating get {
            skipBlanks()
            return rest.isEmpty
        }
    }

    /// Up to the next blank.
    mutating func word(_ field: String) throws(Refusal) -> [UInt8] {
        skipBlanks()
        guard !rest.isEmpty else { throw Refusal(field: field, reason: "is missing: the line ends before it") }
        let word = rest.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        rest = rest.dropFirst(word.count)
        return Array(word)
    }

    mutating func bracketed(_ field: String) throws(Refusal) -> [UInt8] {
        try open(UInt8(ascii: "["), field)
        guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
            throw Refusal(field: field, reason: "has no closing bracket")
        }
        defer { rest = rest[(end + 1)...] }
        return Array(rest[..<end])
    }

    /// A text in quotes with the escapes of nginx and Apache.
    mutating func quoted(_ field: String) throws(Refusal) -> [UInt8] {
        try open(UInt8(ascii: "\""), field)
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return text }
            if byte == UInt8(ascii: "\\") { text += unescaped() } else { text.append(byte) }
        }
        throw Refusal(field: field, reason: "has no closing quote")
    }

    /// A word, or a text in quotes.
    mutating func field(_ field: String) throws(Refusal) -> [UInt8] {
        skipBlanks()
        return rest.first == UInt8(ascii: "\"") ? try quoted(field) : try word(field)
    }

    private mutating func open(_ mark: UInt8, _ field: String) throws(Refusal) {
        skipBlanks()
        guard rest.first == mark else {
            let found = rest.isEmpty ? "the end of the line" : "something else"
            throw Refusal(field: field, reason: "expected \(Character(Unicode.Scalar(mark))) before it, found \(found)")
        }
        rest.removeFirst()
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } }

    /// What stands behind a backslash; one that means nothing stands for itself.
    private mutating func unescaped() -> [UInt8] {
        guard let letter = rest.popFirst() else { return [UInt8(ascii: "\\")] }
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [letter]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "v"): return [0x0B]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "x"):
            let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
            guard digits.count == 2 else { return [UInt8(ascii: "\\"), letter] }
            rest = rest.dropFirst(2)
            return [UInt8(digits[0] << 4 | digits[1])]
        default: return [UInt8(ascii: "\\"), letter]
        }
    }
}
