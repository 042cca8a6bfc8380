import Touchpoints

/// Texts as JSON strings (RFC 8259).
public enum JSONString {
    public static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        CanonicalJSON.append(string: text.utf8, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
