public import EventLog
import Synchronization
public import Touchpoints

/// The keys to a data folder, in its file `keys.json`; from any number of threads, and beside other processes.
///
/// ```swift
/// let keys = AccessKeys(folder: session.folder)
/// guard let grant = try keys.check(token, now: SystemClock.now()), grant.scopes.contains(.ingest) else { return refuse() }
/// ```
/// A token is shown once, when its key is made; only its SHA-256 is kept. Each check looks whether the file is still the
/// one that was read, so that a revocation holds at once, whoever made it. A file that cannot be read opens nothing.
public final class AccessKeys: Sendable {
    private static let name = "keys.json"

    private let folder: DataFolder
    private let path: String
    private let known = Mutex<KeyFile?>(nil)
    /// Compared where there is no such key, so that an unknown id takes as long as a wrong secret.
    private static let nobody = TokenDigest(of: "")

    /// Reads nothing yet.
    public init(folder: DataFolder) {
        self.folder = folder
        path = folder.path + "/" + Self.name
    }

    /// Whether no key was ever made: then there is nobody to tell from others.
    public var isOpen: Bool {
        get throws(AccessKeyError) { try current() == nil }
    }

    /// What a token allows; nil for one that is unknown, has expired or was revoked. Some microseconds.
    ///
    /// - Throws: ``AccessKeyError`` where the keys cannot be read: then nothing is allowed.
    public func check(_ token: String, now: Timestamp) throws(AccessKeyError) -> KeyGrant? {
        let keys = try current()?.keys ?? []
        let id = AccessToken.id(in: token)
        let key = keys.first { $0.id == id }
        guard (key?.digest ?? Self.nobody).matches(token), let key, key.isValid(at: now) else { return nil }
        return KeyGrant(key)
    }

    /// All keys, also those that open nothing any more, in the order in which they were made.
    public func list() throws(AccessKeyError) -> [AccessKey] { try current()?.keys ?? [] }

    /// Makes a key. Whoever has its token may do what the scopes say.
    ///
    /// `WriteSession.createKey(scopes:expires:note:actor:)` records it as well.
    ///
    /// - Returns: the token, which cannot be had again, and the key.
    public func create(
        scopes: Set<AccessScope>, expires: Timestamp? = nil, note: String? = nil, now: Timestamp
    ) throws -> (token: String, key: AccessKey) {
        let (id, token) = AccessToken.new()
        let key = AccessKey(
            id: id, scopes: scopes, created: now, expires: expires, revoked: nil, note: note,
            digest: TokenDigest(of: token))
        try change { keys in
            // 60 random bits: the next try has others.
            if keys.contains(where: { $0.id == id }) { throw AccessKeyError("the id \(id) is taken: try again") }
            keys.append(key)
        }
        return (token, key)
    }

    /// Lets a key open nothing from now on; false where it was revoked before.
    ///
    /// - Throws: ``AccessKeyError`` where there is no such key.
    public func revoke(_ id: String, now: Timestamp) throws -> Bool {
        var isNew = false
        try change { keys in
            guard let index = keys.firstIndex(where: { $0.id == id }) else {
                throw AccessKeyError("there is no key \(id)")
            }
            isNew = keys[index].revoked == nil
            if isNew { keys[index].revoked = now }
        }
        return isNew
    }

    private func change(_ body: (inout [AccessKey]) throws -> Void) throws {
        try folder.changeFile(Self.name) { before in
            if before == nil, known.withLock({ $0 != nil }) { throw hasGone }
            var keys = try before.map { bytes in try KeyList.decode(bytes) } ?? []
            try body(&keys)
            return KeyList.encode(keys)
        }
    }

    /// The file as it is now; nil where there never was one.
    private func current() throws(AccessKeyError) -> KeyFile? {
        let before = known.withLock { $0 }
        if let before, before.isNewest(at: path) { return before }
        guard let file = try KeyFile(path: path) else {
            // Where there were keys, nobody comes in without one.
            if before != nil { throw hasGone }
            return nil
        }
        known.withLock { $0 = file }
        return file
    }

    private var hasGone: AccessKeyError { AccessKeyError("\(path) has gone: it must be restored from a backup") }
}
