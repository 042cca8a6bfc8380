import HTTPTypes
import Touchpoints
import Wayfold

/// Tells who sends a request: by a key of one of the workspaces, by a signed token, or, where no key was ever made, by
/// coming from this machine.
struct AccessGate: Sendable {
    let workspaces: [Workspace]
    /// Nil where no key set is configured.
    let tokens: TokenCheck?
    /// Whether the service can be reached from this machine only.
    let isLoopback: Bool

    /// Whether anybody on this machine may do everything: no key was ever made, and no key set is configured.
    var isOpen: Bool {
        get throws {
            guard isLoopback, tokens == nil, workspaces.count == 1 else { return false }
            return try workspaces[0].keys.isOpen
        }
    }

    /// - Parameter key: a key that the request shows elsewhere than in its headers; those go before it.
    /// - Throws: ``Problem``: 401 for a key or token that is missing, unknown, expired or revoked; all alike, so that
    ///   nobody learns which.
    func caller(_ fields: HTTPFields, authority: String?, key: String? = nil) async throws -> Caller {
        if try isOpen {
            // Whatever key is sent: libraries cannot do without one.
            try checkOrigin(fields, authority: authority)
            return Caller(workspace: workspaces[0], actor: SystemUser.actor, scopes: Set(AccessScope.allCases))
        }
        let shown = key.map { Credential(secret: $0, isBasic: false) }
        guard let credential = try Credential.read(fields) ?? shown else {
            throw Problem(.unauthorized, "no key or token was sent").asking()
        }
        if credential.isBasic { try checkSite(fields, authority: authority) }
        let now = SystemClock.now()
        for workspace in workspaces {
            guard let grant = try workspace.keys.check(credential.secret, now: now) else { continue }
            return Caller(workspace: workspace, actor: grant.actor, scopes: grant.scopes)
        }
        if let token = await tokens?.check(credential.secret, now: now),
            let workspace = workspaces.first(where: { $0.name == token.workspace })
                ?? (token.workspace == nil && workspaces.count == 1 ? workspaces[0] : nil)
        {
            return Caller(workspace: workspace, actor: "jwt:" + token.subject, scopes: token.scopes)
        }
        throw Problem(.unauthorized, "the key or token is unknown, expired or revoked").asking()
    }

    /// A page of another site that is open in a browser on this machine must not speak in the name of its user.
    private func checkOrigin(_ fields: HTTPFields, authority: String?) throws(Problem) {
        guard let authority, Self.isLoopback(authority: authority) else {
            throw Problem(.forbidden, "without keys the service answers to localhost, 127.0.0.1 and [::1] only")
        }
        try checkSite(fields, authority: authority)
    }

    /// - Throws: ``Problem`` (403) for a request that a browser sends for a page of another site.
    private func checkSite(_ fields: HTTPFields, authority: String?) throws(Problem) {
        guard let origin = fields[.origin], let authority, origin != "http://" + authority,
            origin != "https://" + authority
        else { return }
        throw Problem(.forbidden, "nothing is taken from pages of other sites by what a browser sends of itself")
    }

    /// Whether `HOST[:PORT]` names this machine as only this machine can.
    static func isLoopback(authority: String) -> Bool {
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let port = authority.dropFirst(host.count)
        guard port.isEmpty || port.first == ":" && UInt16(port.dropFirst()) != nil else { return false }
        return isLoopback(host: String(host))
    }

    static func isLoopback(host: String) -> Bool {
        if ["localhost", "[::1]", "::1"].contains(host) { return true }
        // An address of 127.0.0.0/8, not a name that begins like one.
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
    }
}
