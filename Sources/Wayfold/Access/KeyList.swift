import Digests
import Touchpoints

/// The text of the file `keys.json`, drawn in ARCHITECTURE.md.
enum KeyList {
    private static let version: Int64 = 1

    static func encode(_ keys: [AccessKey]) -> [UInt8] {
        let entries = keys.map { key in
            var members = [
                ("id", JSONString.quoted(key.id)), ("sha256", JSONString.quoted(key.digest.text)),
                ("scopes", "[" + key.scopes.names.map(JSONString.quoted).joined(separator: ",") + "]"),
                ("created", JSONString.quoted("\(key.created)")),
            ]
            if let expires = key.expires { members.append(("expires", JSONString.quoted("\(expires)"))) }
            if let revoked = key.revoked { members.append(("revoked", JSONString.quoted("\(revoked)"))) }
            if let note = key.note { members.append(("note", JSONString.quoted(note))) }
            return "  {" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
        }
        return Array("{\"version\":\(version),\"keys\":[\n\(entries.joined(separator: ",\n"))\n]}\n".utf8)
    }

    /// - Throws: ``AccessKeyError`` that names what is wrong with the text: nothing is guessed, since it opens doors.
    static func decode(_ bytes: [UInt8]) throws(AccessKeyError) -> [AccessKey] {
        var tape = JSONTape()
        do { try tape.scan(bytes) } catch { throw AccessKeyError("keys.json is damaged: \(error)") }
        guard let node = tape.member("version", of: tape.root), let found = tape.integer(of: node) else {
            throw AccessKeyError("keys.json is damaged: it has no version")
        }
        guard found == version else {
            throw AccessKeyError("keys.json is of version \(found); this program knows \(version)")
        }
        guard let list = tape.member("keys", of: tape.root), tape.kind(of: list) == .array,
            tape.count(of: tape.root) == 2
        else { throw AccessKeyError("keys.json is damaged: it has no list of keys, or something beside it") }
        var keys: [AccessKey] = []
        var ids: Set<String> = []
        for (index, node) in tape.elements(of: list).enumerated() {
            let key = try Entry(tape: tape, node: node, number: index + 1).key()
            guard ids.insert(key.id).inserted else {
                throw AccessKeyError("keys.json is damaged: two keys have the id \(key.id)")
            }
            keys.append(key)
        }
        return keys
    }

    /// One key in the file.
    private struct Entry {
        let tape: JSONTape
        let node: JSONNode
        let number: Int

        private static let names: Set = ["id", "sha256", "scopes", "created", "expires", "revoked", "note"]

        func key() throws(AccessKeyError) -> AccessKey {
            guard tape.kind(of: node) == .object else { throw damaged("is no object") }
            // A member that this program does not know could be one that limits the key.
            for (name, _) in tape.members(of: node) where !Self.names.contains(tape.text(of: name) ?? "") {
                throw damaged("has an unknown member")
            }
            guard let id = try text("id"), AccessToken.isID(id) else { throw damaged("has no id") }
            guard let digest = try text("sha256").flatMap(TokenDigest.init) else { throw damaged("has no digest") }
            guard let created = try time("created") else { throw damaged("has no time") }
            return AccessKey(
                id: id, scopes: try scopes(), created: created, expires: try time("expires"),
                revoked: try time("revoked"), note: try text("note"), digest: digest)
        }

        private func scopes() throws(AccessKeyError) -> Set<AccessScope> {
            guard let list = tape.member("scopes", of: node), tape.kind(of: list) == .array else {
                throw damaged("has no scopes")
            }
            var scopes: Set<AccessScope> = []
            for element in tape.elements(of: list) {
                guard let scope = tape.text(of: element).flatMap(AccessScope.init) else {
                    throw damaged("has an unknown scope")
                }
                scopes.insert(scope)
            }
            return scopes
        }

        private func text(_ name: String) throws(AccessKeyError) -> String? {
            guard let value = tape.member(name, of: node) else { return nil }
            guard let text = tape.text(of: value) else { throw damaged("has something else than a text as \(name)") }
            return text
        }

        private func time(_ name: String) throws(AccessKeyError) -> Timestamp? {
            guard let text = try text(name) else { return nil }
            do { return try Timestamp(rfc3339: text) } catch { throw damaged("has no time as \(name): \(error)") }
        }

        private func damaged(_ what: String) -> AccessKeyError {
            AccessKeyError("keys.json is damaged: key number \(number) \(what)")
        }
    }
}
