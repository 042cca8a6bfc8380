import Digests
import Touchpoints

/// What the bearer of a key shows: `wf_ID_SECRET`, ID 12 characters of base32, SECRET 256 random bits in base64url.
enum AccessToken {
    static let idCount = 12
    private static let prefix = "wf_"
    private static let secretByteCount = 32
    /// The prefix, the id, `_`, and 43 characters of base64url.
    private static let count = 3 + idCount + 1 + 43

    /// RFC 4648, lower case.
    private static let base32 = Array("abcdefghijklmnopqrstuvwxyz234567")
    private static let base64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    static func new() -> (id: String, token: String) {
        var random = SecureRandom()
        let id = String(random.bytes(idCount).map { base32[Int($0 & 31)] })
        return (id, prefix + id + "_" + base64(random.bytes(secretByteCount)))
    }

    /// The id in a token; nil for a text that cannot be one.
    static func id(in token: String) -> String? {
        let bytes = Array(token.utf8)
        guard bytes.count == count, token.hasPrefix(prefix), bytes[3 + idCount] == UInt8(ascii: "_") else { return nil }
        return String(decoding: bytes[3..<3 + idCount], as: UTF8.self)
    }

    static func isID(_ text: String) -> Bool { text.count == idCount && text.allSatisfy(base32.contains) }

    /// RFC 4648, for URLs, without padding.
    private static func base64(_ bytes: [UInt8]) -> String {
        var text = ""
        var (bits, bitCount) = (0, 0)
        for byte in bytes {
            (bits, bitCount) = ((bits << 8 | Int(byte)) & 0xFFFF, bitCount + 8)
            while bitCount >= 6 {
                bitCount -= 6
                text.append(base64[bits >> bitCount & 63])
            }
        }
        if bitCount > 0 { text.append(base64[bits << (6 - bitCount) & 63]) }
        return text
    }
}

/// What is kept of a token: its SHA-256. It can be compared in constant time only, so it is not `Equatable`.
struct TokenDigest: Sendable {
    private let digest: Digest256

    init(of token: String) { digest = SHA256.digest(of: Array(token.utf8)) }

    /// 64 hexadecimal digits; nil for anything else.
    init?(_ text: String) {
        guard let digest = Digest256(text) else { return nil }
        self.digest = digest
    }

    var text: String { "\(digest)" }

    /// Whether it is of this token; takes as long whatever differs.
    func matches(_ token: String) -> Bool {
        let (kept, shown) = (digest.bytes, SHA256.digest(of: Array(token.utf8)).bytes)
        var difference: UInt8 = 0
        for index in 0..<Digest256.byteCount { difference |= kept[index] ^ shown[index] }
        return difference == 0
    }
}
