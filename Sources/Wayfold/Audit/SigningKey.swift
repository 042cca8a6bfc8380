import Digests
import EventLog
public import Transparency

/// The key that signs a folder's checkpoints: `signing.key`, mode 0600, in the text of Go's `sumdb/note`.
extension DataFolder {
    private static let signingKeyName = "signing.key"

    /// Makes the key; throws ``AuditError`` where there is one, since a log has one name all its life.
    ///
    /// - Parameter origin: the name of the log, which should be nobody else's: by custom an address without its scheme. nil:
    ///   one that is made up.
    public func makeSigningKey(origin: String? = nil) throws -> NoteSigner {
        var random = SecureRandom()
        let name = origin ?? "wayfold/" + random.hexadecimal(8)
        guard let key = Ed25519SigningKey(seed: random.bytes(32)), let signer = NoteSigner(name: name, signingKey: key)
        else { throw AuditError("\"\(name)\" can be no name of a log: it must have no spaces and no +") }
        try changeFile(Self.signingKeyName) { before in
            guard before == nil else {
                throw AuditError("there is a key already, \(path)/\(Self.signingKeyName); a log keeps its name and key")
            }
            return Array((signer.secretText + "\n").utf8)
        }
        return signer
    }

    /// The key; nil where none was made.
    public func signingKey() throws -> NoteSigner? {
        let path = path + "/" + Self.signingKeyName
        guard let text = try fileIfThere(path).map({ String(decoding: $0, as: UTF8.self) }) else { return nil }
        guard text.hasSuffix("\n"), let signer = NoteSigner(secretText: text.dropLast()), signer.key.kind == .note
        else {
            throw AuditError("\(path) holds no key: it must be restored from a backup")
        }
        return signer
    }
}
