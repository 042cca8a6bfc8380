/// Strings.
extension JSONParser {
    /// Scans the string whose opening quote stands at `quote`.
    @inline(__always)
    func string(at quote: Int, _ entries: inout Entries) throws(JSONError) -> Int {
        let start = quote &+ 1
        var end = JSONText.specialByte(in: bytes, from: start)
        var isEscaped = false
        if byte(end) != UInt8(ascii: "\"") { (end, isEscaped) = try endOfOddString(special: end, isName: false) }
        append(.string, mark: isEscaped, start, end, &entries)
        return end &+ 1
    }

    /// Goes on in a string at the first byte that is not plain ASCII, to its closing quote.
    func endOfOddString(special: Int, isName: Bool) throws(JSONError) -> (end: Int, isEscaped: Bool) {
        var i = special
        var isEscaped = false
        while true {
            switch byte(i) {
            case UInt8(ascii: "\""):
                return (i, isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                i = try escape(at: i, isName: isName)
            case 0x80...:
                repeat {
                    let length = JSONText.lengthOfScalar(in: bytes, at: i)
                    if length == 0 { throw JSONError(offset: i, reason: .malformedUTF8) }
                    i += length
                } while byte(i) >= 0x80
            default:
                throw JSONError(offset: i, reason: i >= count ? .unexpectedEnd : .controlCharacter)
            }
            i = JSONText.specialByte(in: bytes, from: i)
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
