/// A path on this site with its parameters, in percent-encoding: no text in it can make another path or site of it.
struct SiteLink: Sendable {
    let text: String

    /// - Parameter segments: the parts of the path between its slashes; none: the front page.
    init(_ segments: [String] = [], _ parameters: [(name: String, value: String)] = []) {
        var text = "/" + segments.map(Self.encoded).joined(separator: "/")
        for (index, parameter) in parameters.enumerated() {
            text += (index == 0 ? "?" : "&") + Self.encoded(parameter.name) + "=" + Self.encoded(parameter.value)
        }
        self.text = text
    }

    static func customer(_ alias: String) -> SiteLink { SiteLink(["customer"], [("alias", alias)]) }

    /// Everything but RFC 3986's unreserved characters, by its bytes in UTF-8.
    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.count == 1 ? "%0" + digits : "%" + digits
            }
        }
        return encoded
    }
}

extension HTML {
    static func link(_ target: SiteLink, _ text: String) -> HTML { tag("a", ["href": target.text]) { text } }
}
