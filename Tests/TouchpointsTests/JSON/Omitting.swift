@testable import Touchpoints

extension CanonicalJSON {
    /// The canonical form of what is left of a value without others in it: a member goes with its name, an element becomes
    /// `null`. Made from the text, by another way than that of ``CanonicalWriter``.
    static func bytes(_ node: JSONNode, of tape: JSONTape, omitting omitted: [JSONNode]) throws -> [UInt8] {
        func text(_ node: JSONNode) -> String? {
            if omitted.contains(node) { return nil }
            switch tape.kind(of: node) {
            case .object:
                let members = tape.members(of: node).compactMap { member in
                    text(member.value).map { written(member.name) + ":" + $0 }
                }
                return "{\(members.joined(separator: ","))}"
            case .array: return "[\(tape.elements(of: node).map { text($0) ?? "null" }.joined(separator: ","))]"
            default: return written(node)
            }
        }
        func written(_ node: JSONNode) -> String { String(decoding: tape.written(node), as: UTF8.self) }
        guard let left = text(node) else { return [] }
        var rest = JSONTape()
        try rest.scan(left.utf8)
        return bytes(rest.root, of: rest)
    }
}
