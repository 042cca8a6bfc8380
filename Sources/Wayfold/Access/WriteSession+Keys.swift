public import Touchpoints

/// Keys that are made and revoked on the record.
extension WriteSession {
    /// Makes a key, and appends `admin.key.created`; see ``AccessKeys``.
    ///
    /// - Returns: the token, which cannot be had again, the key, and the position of the record.
    public func createKey(
        scopes: Set<AccessScope>, expires: Timestamp? = nil, note: String? = nil, actor: String = SystemUser.actor
    ) async throws -> (token: String, key: AccessKey, position: Position) {
        let keys = AccessKeys(folder: folder)
        let (token, key) = try keys.create(scopes: scopes, expires: expires, note: note, now: now())
        var data = [
            ("id", JSONString.quoted(key.id)),
            ("scopes", "[" + key.scopes.names.map(JSONString.quoted).joined(separator: ",") + "]"),
        ]
        if let expires { data.append(("expires", JSONString.quoted("\(expires)"))) }
        if let note { data.append(("note", JSONString.quoted(note))) }
        do {
            return (token, key, try await recordAdmin("admin.key.created", data: data, actor: actor))
        } catch {
            // Nobody has the token yet; a key that is in no record is not to be one.
            _ = try? keys.revoke(key.id, now: now())
            throw error
        }
    }

    /// Lets a key open nothing from now on, and appends `admin.key.revoked`.
    ///
    /// - Returns: the position of the record; nil where it was revoked before.
    /// - Throws: ``AccessKeyError`` where there is no such key. Where only the record fails, the key is revoked.
    public func revokeKey(_ id: String, actor: String = SystemUser.actor) async throws -> Position? {
        guard try AccessKeys(folder: folder).revoke(id, now: now()) else { return nil }
        return try await recordAdmin("admin.key.revoked", data: [("id", JSONString.quoted(id))], actor: actor)
    }
}
