/// A text with signatures under it: C2SP signed-note.
///
/// ```text
/// shop.example/log
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///
/// — shop.example/log Az3grlgtzPICa5OS8npVmf1Myq/5IZni...
/// ```
public struct SignedNote: Hashable, Sendable {
    /// What is signed, with its last newline.
    public let text: String
    public private(set) var signatures: [NoteSignature]

    /// A note longer than this, or with more signatures, is not read.
    public static let maxByteCount = 1_000_000
    public static let maxSignatureCount = 100

    /// - Parameter text: not empty, ends with a newline, and has no control character beside that.
    public init(text: String, signatures: [NoteSignature] = []) {
        precondition(text.hasSuffix("\n") && Self.isPlain(text), "no text of a note")
        (self.text, self.signatures) = (text, signatures)
    }

    /// Reads a note; nil where the text is none. Nothing is verified yet.
    public init?(_ note: some StringProtocol) {
        guard note.utf8.count <= Self.maxByteCount, Self.isPlain(note) else { return nil }
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        // Behind the last newline there is nothing; the last empty line before that parts the signatures from the text.
        guard lines.count >= 4, lines.last == "", let empty = lines.dropLast().lastIndex(of: ""), empty > 0 else {
            return nil
        }
        let signatures = lines[(empty + 1)..<(lines.count - 1)].map { NoteSignature($0) }
        guard !signatures.isEmpty, signatures.count <= Self.maxSignatureCount, !signatures.contains(nil) else {
            return nil
        }
        text = lines[..<empty].map { $0 + "\n" }.joined()
        self.signatures = signatures.compactMap(\.self)
    }

    private static func isPlain(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A }
    }

    /// The same note with another signature under it.
    public func adding(_ signature: NoteSignature) -> SignedNote {
        SignedNote(text: text, signatures: signatures + [signature])
    }
}

extension SignedNote: CustomStringConvertible {
    public var description: String { text + "\n" + signatures.map { "\($0)\n" }.joined() }
}

/// A line under a note: who signed, by which key, and the signature.
public struct NoteSignature: Hashable, Sendable {
    public let name: String
    /// The number of the key (``NoteKey/identifier``), then the signature.
    public let bytes: [UInt8]

    static let identifierByteCount = 4

    public init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }

    /// Whether it says that it is of this key.
    public func isOf(_ key: NoteKey) -> Bool {
        name == key.name && Array(bytes.prefix(Self.identifierByteCount)) == key.identifier
    }
}

extension NoteSignature: CustomStringConvertible {
    public var description: String { "— \(name) \(Base64.text(of: bytes))" }

    /// The signature of a line without its newline; nil for anything that ``description`` does not give.
    public init?(_ line: some StringProtocol) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "—", !parts[1].isEmpty, let bytes = Base64.bytes(of: parts[2]),
            bytes.count > Self.identifierByteCount
        else { return nil }
        self.init(name: String(parts[1]), bytes: bytes)
    }
}
