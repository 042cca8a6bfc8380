/// Where a JSON value ends, and at which line it cannot go on: brackets and strings, no more.
struct ValueScan {
    enum Step: Equatable {
        case inside
        /// A comma or the closing bracket, both outside of the value.
        case end(isBracket: Bool)
        /// The value cannot go on: a line ends inside a string, or begins with a bracket behind a value.
        case fault
    }

    /// Open brackets.
    private(set) var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// Whether the last byte, white space aside, was of a value and not between two.
    private var isBehindValue = false
    private var isLineBeginning = false

    /// Takes the next step in some bytes, from `next` on, which goes behind it; nil at their end. What stands inside a
    /// string means nothing and is skipped.
    @inline(__always)
    mutating func step(in bytes: ArraySlice<UInt8>, at next: inout Int) -> (at: Int, step: Step)? {
        let at = isInString && !isEscaped ? bytes.endOfPlainText(from: next) : next
        guard at < bytes.endIndex else { return nil }
        next = at &+ 1
        return (at, step(bytes[at]))
    }

    private mutating func step(_ byte: UInt8) -> Step {
        if isInString { return stepInString(byte) }
        switch byte {
        case UInt8(ascii: "\n"):
            isLineBeginning = true
            return .inside
        case 0x20, 0x0D, 0x09: return .inside
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if isLineBeginning && isBehindValue { return .fault }
            depth += 1
            isBehindValue = false
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            isBehindValue = true
            if depth == 0 { return byte == UInt8(ascii: "]") ? .end(isBracket: true) : .inside }
            depth -= 1
        case UInt8(ascii: ","), UInt8(ascii: ":"):
            isBehindValue = false
            if depth == 0 && byte == UInt8(ascii: ",") { return .end(isBracket: false) }
        default:
            isBehindValue = true
            isInString = byte == UInt8(ascii: "\"")
        }
        isLineBeginning = false
        return .inside
    }

    private mutating func stepInString(_ byte: UInt8) -> Step {
        if byte == UInt8(ascii: "\n") { return .fault }
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        }
        return .inside
    }

    /// Whether the bytes, without white space around them, are one object as far as brackets tell.
    static func isObject(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else { return false }
        var scan = ValueScan()
        var next = bytes.startIndex
        while let (_, step) = scan.step(in: bytes, at: &next) {
            if step == .fault { return false }
        }
        return scan.depth == 0 && !scan.isInString
    }
}
