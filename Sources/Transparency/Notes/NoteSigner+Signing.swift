import Digests

/// Signing.
extension NoteSigner {
    /// The signature of a note's text.
    ///
    /// - Parameter seconds: since 1970, for a cosignature alone: when it is made.
    public func signature(of text: String, at seconds: UInt64 = 0) -> NoteSignature {
        let signature = signingKey.signature(of: key.message(text, at: seconds))
        let time = key.kind == .cosignature ? NoteKey.bigEndian(seconds) : []
        return NoteSignature(name: key.name, bytes: key.identifier + time + signature)
    }

    /// The note with this signature under it.
    public func sign(_ note: SignedNote, at seconds: UInt64 = 0) -> SignedNote {
        note.adding(signature(of: note.text, at: seconds))
    }
}

/// Verifying.
extension NoteKey {
    /// Whether a signature under this text is the key's own.
    public func verifies(_ signature: NoteSignature, of text: String) -> Bool {
        guard signature.isOf(self) else { return false }
        var bytes = Array(signature.bytes.dropFirst(NoteSignature.identifierByteCount))
        guard kind == .cosignature else { return key.verifies(bytes, of: message(text, at: 0)) }
        guard bytes.count == Self.timeByteCount + Ed25519PublicKey.signatureByteCount else { return false }
        let seconds = bytes.prefix(Self.timeByteCount).reduce(0) { $0 << 8 | UInt64($1) }
        bytes.removeFirst(Self.timeByteCount)
        return seconds <= UInt64(Int64.max) && key.verifies(bytes, of: message(text, at: seconds))
    }

    /// Whether the note is signed by the key: with at least one signature of it, and none of it that does not hold.
    public func verifies(_ note: SignedNote) -> Bool {
        let own = note.signatures.filter { $0.isOf(self) }
        return !own.isEmpty && own.allSatisfy { verifies($0, of: note.text) }
    }

    private static let timeByteCount = 8

    /// What is signed: for a cosignature, two lines stand before the text.
    func message(_ text: String, at seconds: UInt64) -> [UInt8] {
        switch kind {
        case .note: Array(text.utf8)
        case .cosignature: Array("cosignature/v1\ntime \(seconds)\n\(text)".utf8)
        }
    }

    static func bigEndian(_ number: UInt64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
    }
}
