import Wayfold

/// Who sends a request, where to, and what that one may do.
struct Caller: Sendable {
    let workspace: Workspace
    /// `key:ID`, `jwt:SUBJECT`, or the system's user where no key was ever made.
    let actor: String
    let scopes: Set<AccessScope>

    /// Who takes turns with others (``QueryPool``): a workspace's caller.
    var turn: String { workspace.name + " " + actor }

    func require(_ scope: AccessScope) throws(Problem) {
        guard scopes.contains(scope) else {
            throw Problem(.forbidden, "this needs the scope \(scope.rawValue), which the key or token does not have")
        }
    }
}
