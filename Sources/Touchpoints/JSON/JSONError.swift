/// Why a text is not JSON that we accept, and at which byte.
public struct JSONError: Error, Hashable, Sendable {
    /// What was wrong.
    public enum Reason: Hashable, Sendable {
        /// The text ended inside a value.
        case unexpectedEnd
        /// A byte that cannot stand here.
        case unexpectedByte(UInt8)
        /// A number that RFC 8259 does not allow (`01`, `1.`, `+1`).
        case malformedNumber
        /// A control character that should have been escaped.
        case controlCharacter
        /// Bytes that are not UTF-8.
        case malformedUTF8
        /// An escape that RFC 8259 does not know.
        case malformedEscape
        /// Half of a surrogate pair.
        case loneSurrogate
        /// `\u0000` in the name of a member.
        case zeroInName
        /// Two members of one object with the same name.
        case duplicateName(String)
        /// More than ``JSONTape/maximalDepth`` arrays and objects inside each other.
        case tooDeep
        /// More bytes than the tape can address.
        case tooLong
        /// Something stands behind the value.
        case trailingBytes
    }

    /// The byte at which it was seen, from 0.
    public var offset: Int
    public var reason: Reason

    public init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }
}

extension JSONError.Reason {
    /// Whether the text breaks the grammar of JSON, and not only rules of ours.
    public var isSyntax: Bool {
        switch self {
        case .unexpectedEnd, .unexpectedByte, .malformedNumber, .controlCharacter, .malformedUTF8, .malformedEscape,
            .trailingBytes:
            true
        case .loneSurrogate, .zeroInName, .duplicateName, .tooDeep, .tooLong: false
        }
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String { "\(reason) at byte \(offset)" }
}

extension JSONError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpectedEnd: "the JSON text ends too early"
        case .unexpectedByte(let byte) where (0x21...0x7E).contains(byte):
            "unexpected '\(Character(Unicode.Scalar(byte)))'"
        case .unexpectedByte(let byte): "unexpected byte \(byte)"
        case .malformedNumber: "not a JSON number"
        case .controlCharacter: "a control character that is not escaped"
        case .malformedUTF8: "not UTF-8"
        case .malformedEscape: "an unknown escape"
        case .loneSurrogate: "half of a surrogate pair"
        case .zeroInName: "a zero character in a member's name"
        case .duplicateName(let name): "the member \"\(name)\" stands twice in one object"
        case .tooDeep: "nested deeper than \(JSONTape.maximalDepth) levels"
        case .tooLong: "longer than the scanner can read"
        case .trailingBytes: "something stands behind the JSON value"
        }
    }
}
