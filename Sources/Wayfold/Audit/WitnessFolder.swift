import Digests
import Glibc
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
        for folder in [path, path + "/seen"] where mkdir(folder, 0o700) != 0 && errno != EEXIST {
            throw AuditError("cannot make the folder \(folder): \(AuditFile.message())")
        }
        guard try AuditFile.text(path + "/witness.key") == nil else {
            throw AuditError("there is a key already, \(path)/witness.key")
        }
        var random = SecureRandom()
        guard let key = Ed25519SigningKey(seed: random.bytes(32)),
            let signer = NoteSigner(name: name, kind: .cosignature, signingKey: key)
        else { throw AuditError("\"\(name)\" can be no name of a witness: it must have no spaces and no +") }
        try AuditFile.replace("witness.key", in: path, with: signer.secretText + "\n")
        return signer.key
    }

    /// - Parameter logs: the keys of the logs that it co-signs.
    public init(_ path: String, logs: [NoteKey]) throws {
        guard let text = try AuditFile.text(path + "/witness.key"), text.hasSuffix("\n"),
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
        let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw AuditError("cannot open \(path): \(AuditFile.message())") }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw AuditError("cannot lock \(path): \(AuditFile.message())") }
        }
        let name = "\(SHA256.digest(of: Array(origin.utf8)))"
        var last: TreeHead?
        if let text = try AuditFile.text(path + "/seen/" + name) {
            guard let checkpoint = SignedCheckpoint(text), checkpoint.head.origin == origin else {
                throw AuditError("\(path)/seen/\(name) is damaged: it must be restored from a backup")
            }
            last = checkpoint.head
        }
        let reply = witness.reply(to: request, last: last, at: seconds)
        if case .cosigned(let checkpoint, _) = reply {
            try AuditFile.replace(name, in: path + "/seen", with: checkpoint.description)
        }
        return reply
    }
}
