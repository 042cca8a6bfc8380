public import Digests

/// How a log stands: its name, its size and its root. Signed, it is a signed checkpoint: C2SP tlog-checkpoint.
public struct TreeHead: Hashable, Sendable {
    /// The name of the log, the same for all its life.
    public let origin: String
    public let size: UInt64
    public let root: Digest256

    /// - Parameter origin: one line, not empty.
    public init(origin: String, size: UInt64, root: Digest256) {
        (self.origin, self.size, self.root) = (origin, size, root)
    }

    /// The text that is signed.
    public var text: String { "\(origin)\n\(size)\n\(Base64.text(of: root.bytes))\n" }

    /// Reads the text of a note; nil where it is no tree head. Lines behind the third are the log's own, and left out.
    public init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines.last == "", !lines.dropLast().contains(""), let size = UInt64(decimal: lines[1]),
            let bytes = Base64.bytes(of: lines[2]), let root = Digest256(bytes: bytes.span.bytes)
        else { return nil }
        self.init(origin: String(lines[0]), size: size, root: root)
    }
}

extension UInt64 {
    /// The number of plain decimal digits without zeros before them; nil for anything else.
    init?(decimal text: some StringProtocol) {
        guard let number = UInt64(text), String(number) == text else { return nil }
        self = number
    }
}

/// A note whose text is a tree head.
public struct SignedCheckpoint: Hashable, Sendable {
    public let head: TreeHead
    public let note: SignedNote

    /// nil where the note's text is no tree head. Nothing is verified.
    public init?(_ note: SignedNote) {
        guard let head = TreeHead(text: note.text) else { return nil }
        (self.head, self.note) = (head, note)
    }

    /// Reads a signed checkpoint; nil where the text is none. Nothing is verified.
    public init?(_ text: some StringProtocol) {
        guard let note = SignedNote(text) else { return nil }
        self.init(note)
    }

    /// Signs a tree head.
    public init(_ head: TreeHead, by signer: NoteSigner) {
        self.head = head
        note = signer.sign(SignedNote(text: head.text))
    }

    /// Whether the log's own key has signed it: one that bears the name of the origin.
    public func isSigned(by key: NoteKey) -> Bool { head.origin == key.name && key.verifies(note) }
}

extension SignedCheckpoint: CustomStringConvertible {
    public var description: String { note.description }
}
