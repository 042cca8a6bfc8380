import Foundation
import JWTKit
import Logging
import Synchronization
import Touchpoints
import Wayfold

/// Checks JSON Web Tokens (RFC 7519) against a key set in a file, which is read again when it changes.
///
/// Only EdDSA (Ed25519) and ES256 are taken: a token can neither choose to be unsigned nor to be signed with a public key
/// as a password. `iss`, `aud`, `exp` and `sub` must be there and right; `scope` names scopes between spaces (RFC 8693),
/// `workspace` the workspace where there are several.
final class TokenCheck: Sendable {
    /// What a good token says.
    struct Grant: Sendable, Equatable {
        var subject: String
        var scopes: Set<AccessScope>
        var workspace: String?
    }

    private struct Claims: JWTPayload {
        var iss: IssuerClaim
        var sub: SubjectClaim
        var aud: AudienceClaim
        var exp: ExpirationClaim
        var nbf: NotBeforeClaim?
        var scope: String?
        var workspace: String?

        func verify(using _: some JWTAlgorithm) throws {}
    }

    private struct Loaded: Sendable {
        var version: FileIdentity?
        /// One collection a key: a token that names none is tried with each.
        var keys: [JWTKeyCollection] = []
        /// The file that came behind it and is none, so that it is told once.
        var refused: FileIdentity?
        var isMissing = false
    }

    /// The characters of a subject, which becomes an actor in the log.
    private static let subjectCount = 256

    private let path: String
    private let issuer: String
    private let audience: String
    private let logger: Logger
    private let loaded = Mutex(Loaded())

    /// - Throws: ``ServiceOptionsError`` where the file is missing or is no key set.
    init(keySetAt path: String, issuer: String, audience: String, logger: Logger) async throws {
        self.path = path
        self.issuer = issuer
        self.audience = audience
        self.logger = logger
        let version = FileIdentity(path: path)
        let keys: [JWTKeyCollection]
        do { keys = try await Self.read(path) } catch {
            throw ServiceOptionsError(description: "jwt.keySet: \(path) cannot be used: \(error)")
        }
        loaded.withLock { $0 = Loaded(version: version, keys: keys) }
    }

    /// What the token allows; nil where it is not good now.
    func check(_ token: String, now: Timestamp) async -> Grant? {
        guard token.utf8.count <= 8_192, let claims = await verified(token) else { return nil }
        let time = Date(timeIntervalSince1970: Double(now.rawValue) / 1e6)
        guard claims.iss.value == issuer, claims.aud.value.contains(audience), claims.exp.value > time,
            claims.nbf.map({ $0.value <= time }) ?? true, Self.isActor(claims.sub.value)
        else { return nil }
        let scopes = (claims.scope ?? "").split(separator: " ").compactMap { AccessScope(rawValue: String($0)) }
        return Grant(subject: claims.sub.value, scopes: Set(scopes), workspace: claims.workspace)
    }

    /// Whether a subject can stand in the log: not empty, not long, nothing that would not be seen.
    private static func isActor(_ subject: String) -> Bool {
        let scalars = subject.unicodeScalars
        return !scalars.isEmpty && scalars.count <= subjectCount
            && scalars.allSatisfy {
                switch $0.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator: false
                default: true
                }
            }
    }

    /// The claims of a token that one of the keys has signed.
    private func verified(_ token: String) async -> Claims? {
        for key in await keys() {
            if let claims = try? await key.verify(token, as: Claims.self) { return claims }
        }
        return nil
    }

    /// The keys of the file as it is now; where it is no key set any more, those that it had last.
    private func keys() async -> [JWTKeyCollection] {
        let version = FileIdentity(path: path)
        let known = loaded.withLock { $0 }
        if version == known.version || (version == known.refused && (version != nil || known.isMissing)) {
            return known.keys
        }
        do {
            let keys = try await Self.read(path)
            loaded.withLock { $0 = Loaded(version: version, keys: keys) }
            return keys
        } catch {
            loaded.withLock {
                $0.refused = version
                $0.isMissing = version == nil
            }
            logger.error(
                "the key set cannot be used; the one before it stays in force",
                metadata: ["file": "\(path)", "error": "\(error)"])
            return known.keys
        }
    }

    private static func read(_ path: String) async throws -> [JWTKeyCollection] {
        let set = try JSONDecoder().decode(JWKS.self, from: Data(contentsOf: URL(filePath: path)))
        var keys: [JWTKeyCollection] = []
        for key in set.keys {
            guard let key = allowed(key) else { continue }
            let collection = JWTKeyCollection()
            try await collection.add(jwk: key)
            keys.append(collection)
        }
        guard !keys.isEmpty else { throw KeySetError() }
        return keys
    }

    /// The key with the one algorithm that it is good for; nil for any other.
    private static func allowed(_ key: JWK) -> JWK? {
        var allowed = key
        switch (key.keyType, key.curve) {
        case (.ecdsa, .ecdsa(.p256)): allowed.algorithm = .es256
        case (.octetKeyPair, .eddsa(.ed25519)): allowed.algorithm = .eddsa
        default: return nil
        }
        return key.algorithm == nil || key.algorithm == allowed.algorithm ? allowed : nil
    }
}

/// A key set without a key that may be used.
struct KeySetError: Error, CustomStringConvertible {
    var description: String { "it has no key for EdDSA (Ed25519) or ES256 (P-256)" }
}
