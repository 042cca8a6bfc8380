public import Digests

/// Who signs notes, and by which key others verify it: C2SP signed-note.
///
/// As text `NAME+HASH+KEY`, as Go's `sumdb/note` reads and writes it: the hash in eight hexadecimal digits, the key in base64
/// behind the byte of its kind.
public struct NoteKey: Hashable, Sendable {
    /// What the signature says; the byte that stands before the key.
    public enum Kind: UInt8, Sendable {
        /// The note's text as it is.
        case note = 1
        /// A witness: that by then it had seen no other history of the log (C2SP tlog-cosignature).
        case cosignature = 4
    }

    /// The signer's name: not empty, without spaces and `+`.
    public let name: String
    public let kind: Kind
    public let key: Ed25519PublicKey

    /// nil where the name cannot be one.
    public init?(name: String, kind: Kind = .note, key: Ed25519PublicKey) {
        guard Self.isName(name) else { return nil }
        (self.name, self.kind, self.key) = (name, kind, key)
    }

    /// The key's number within the name: enough to find it, not to trust it.
    public var identifier: [UInt8] {
        Array(SHA256.digest(of: Array(name.utf8) + [0x0A, kind.rawValue] + key.bytes).bytes.prefix(4))
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { $0 != "+" && !$0.properties.isWhitespace && $0.value >= 0x20 }
    }
}

extension NoteKey: CustomStringConvertible {
    public var description: String {
        "\(name)+\(Self.hexadecimal(identifier))+\(Base64.text(of: [kind.rawValue] + key.bytes))"
    }

    /// The key of a text; nil for anything that ``description`` does not give.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64.bytes(of: parts[2]), let kind = bytes.first.flatMap(Kind.init),
            let key = Ed25519PublicKey(bytes: Array(bytes.dropFirst())),
            let made = NoteKey(name: String(parts[0]), kind: kind, key: key), made.description == text
        else { return nil }
        self = made
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// A key that signs notes, with its name.
///
/// As text `PRIVATE+KEY+NAME+HASH+SEED`, as Go's `sumdb/note` reads and writes it.
public struct NoteSigner: Sendable {
    /// By which others verify.
    public let key: NoteKey
    let signingKey: Ed25519SigningKey

    private static let prefix = "PRIVATE+KEY+"

    /// nil where the name cannot be one.
    public init?(name: String, kind: NoteKey.Kind = .note, signingKey: Ed25519SigningKey) {
        guard let key = NoteKey(name: name, kind: kind, key: signingKey.publicKey) else { return nil }
        (self.key, self.signingKey) = (key, signingKey)
    }

    /// The text that must be kept secret.
    public var secretText: String {
        let seed = Base64.text(of: [key.kind.rawValue] + signingKey.seed)
        return Self.prefix + "\(key.name)+\(NoteKey.hexadecimal(key.identifier))+\(seed)"
    }

    /// The signer of a text; nil for anything that ``secretText`` does not give.
    public init?(secretText text: some StringProtocol) {
        let parts = text.dropFirst(Self.prefix.count).split(separator: "+", omittingEmptySubsequences: false)
        guard text.hasPrefix(Self.prefix), parts.count >= 3,
            let bytes = Base64.bytes(of: parts[2...].joined(separator: "+")),
            let kind = bytes.first.flatMap(NoteKey.Kind.init),
            let signingKey = Ed25519SigningKey(seed: Array(bytes.dropFirst())),
            let made = NoteSigner(name: String(parts[0]), kind: kind, signingKey: signingKey), made.secretText == text
        else { return nil }
        self = made
    }
}
