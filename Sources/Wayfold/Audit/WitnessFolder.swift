import Digests
import EventLog
public import Transparency

/// What a witness keeps: its key, `witness.key`, and of each log the last checkpoint that it has co-signed, in `seen`.
public struct WitnessFolder: Sendable {
    private let path: String
    private let witness: Witness

    /// By which key others verify.
    public var key: NoteKey { witness.key }

    /// Makes the folder and a key; throws ``AuditError`` where there is one.
    ///
    /// - Parameter name: of the witness: by custom an address without its scheme.
    public static func make(_ path: String, name: String) throws -> NoteKey {
        for folder in [path, path + "/seen"] { try makeFolder(folder) }
        guard try fileIfThere(path + "/witness.key") == nil else {
            throw AuditError("there is a key already, \(path)/witness.key")
        }
        var random = SecureRandom()
        guard let key = Ed25519SigningKey(seed: random.bytes(32)),
            let signer = NoteSigner(name: name, kind: .cosignature, signingKey: key)
        else { throw AuditError("\"\(name)\" can be no name of a witness: it must have no spaces and no +") }
        try writeFile(Array("\(signer.secretText)\n".utf8), named: "witness.key", in: path)
        return signer.key
    }

    /// - Parameter logs: the keys of the logs that it co-signs.
    public init(_ path: String, logs: [NoteKey]) throws {
        guard let bytes = try fileIfThere(path + "/witness.key"),
            case let text = String(decoding: bytes, as: UTF8.self), text.hasSuffix("\n"),
            let signer = NoteSigner(secretText: text.dropLast()), signer.key.kind == .cosignature
        else { throw AuditError("\(path) holds no key of a witness: wayfold witness --init makes one") }
        self.path = path
        witness = Witness(signer: signer, logs: logs)
    }

    /// Decides about a request. What is co-signed is on the disk when it returns, and no two requests are decided at once, also
    /// by several processes.
    public func reply(to request: String, at seconds: UInt64) throws -> Witness.Reply {
        guard let origin = Witness.origin(of: request) else {
            return witness.reply(to: request, last: nil, at: seconds)
        }
        let held = try HeldFolder(path)
        defer { held.isHeldUntilHere() }
        let name = "\(SHA256.digest(of: Array(origin.utf8)))"
        var last: TreeHead?
        if let bytes = try fileIfThere(path + "/seen/" + name) {
            guard let checkpoint = SignedCheckpoint(String(decoding: bytes, as: UTF8.self)),
                checkpoint.head.origin == origin
            else {
                throw AuditError("\(path)/seen/\(name) is damaged: it must be restored from a backup")
            }
            last = checkpoint.head
        }
        let reply = witness.reply(to: request, last: last, at: seconds)
        if case .cosigned(let checkpoint, _) = reply {
            try writeFile(Array(checkpoint.description.utf8), named: name, in: path + "/seen")
        }
        return reply
    }
}
