/// Writes JSON in the one form that hashes and stored data use.
///
/// Members are sorted by the UTF-8 bytes of their unescaped names, strings have only the escapes that they need
/// (`\"`, `\\`, `\b \t \n \f \r`, other control characters as `\u00xx`), numbers are exactly as they were written,
/// and there is no white space. (RFC 8785 sorts by UTF-16 and rewrites numbers; money and ids must not be.)
///
/// So a value's canonical form is never longer than the text that it was written in.
public enum CanonicalJSON {
    /// The canonical form of a value.
    public static func bytes(_ node: JSONNode, of tape: JSONTape) -> [UInt8] {
        var writer = CanonicalWriter()
        var whole = ByteBuffer()
        writer.write(node, of: tape, to: &whole)
        return whole.copied
    }

    /// Appends a text as a JSON string.
    public static func append(string text: some Sequence<UInt8>, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): output += "\\\"".utf8
            case UInt8(ascii: "\\"): output += "\\\\".utf8
            case 0x08: output += "\\b".utf8
            case 0x09: output += "\\t".utf8
            case 0x0A: output += "\\n".utf8
            case 0x0C: output += "\\f".utf8
            case 0x0D: output += "\\r".utf8
            case 0..<0x20:
                output += "\\u00".utf8
                output.append(hexDigit(byte >> 4))
                output.append(hexDigit(byte & 15))
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
