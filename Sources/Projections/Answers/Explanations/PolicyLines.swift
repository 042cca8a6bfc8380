import Policies

/// What policies say at the paths that rules go by, each asked for once.
final class PolicyLines {
    private struct Passage: Hashable {
        let position: UInt64
        let paths: [String]
    }

    private var known: [Passage: String] = [:]

    /// `path = value`, with semicolons between them; null where rules go by nothing of the policy.
    func text(_ paths: [String], _ active: ActivePolicy) -> Value {
        guard !paths.isEmpty else { return .null }
        let passage = Passage(position: active.position.rawValue, paths: paths)
        let text = known[passage] ?? active.policy.lines(below: paths).joined(separator: "; ")
        known[passage] = text
        return text.isEmpty ? .null : .text(text)
    }
}
