import Policies
import Yams

/// A value in a mapping file, with its path and line for messages.
struct MappingNode {
    private let node: Node
    let path: String
    let line: Int

    init(_ node: Node, path: String) {
        self.node = node
        self.path = path
        line = node.mark?.line ?? 1
    }

    /// A map without members, at the place of another value.
    init(empty other: MappingNode) {
        node = .mapping(Node.Mapping([]))
        path = other.path
        line = other.line
    }

    /// The member with that key, nil where the node is no map or has none.
    subscript(_ key: String) -> MappingNode? {
        guard case .mapping(let mapping) = node, let value = mapping.first(where: { $0.key.string == key })?.value
        else { return nil }
        return MappingNode(value, path: join(key))
    }

    var isText: Bool { node.scalar != nil }

    func text() throws(MappingError) -> String {
        guard let scalar = node.scalar, !scalar.string.isEmpty else { throw wrong("expected a text") }
        return scalar.string
    }

    func word(of words: [String]) throws(MappingError) -> String {
        let word = try text()
        if words.contains(word) { return word }
        throw wrong(
            "expected one of \(words.joined(separator: " ")), found \"\(word)\"", nearest(to: word, among: words))
    }

    func texts() throws(MappingError) -> [String] {
        guard case .sequence(let sequence) = node else { throw wrong("expected a list") }
        var texts: [String] = []
        for (index, element) in sequence.enumerated() {
            texts.append(try MappingNode(element, path: "\(path)[\(index)]").text())
        }
        return texts
    }

    func members() throws(MappingError) -> [(key: String, value: MappingNode)] {
        guard case .mapping(let mapping) = node else { throw wrong("expected a map") }
        var members: [(key: String, value: MappingNode)] = []
        for (key, value) in mapping {
            let name = key.string ?? ""
            members.append((name, MappingNode(value, path: join(name))))
        }
        return members
    }

    /// Throws unless the node is a map with no other keys.
    func check(keys: [String]) throws(MappingError) {
        guard case .mapping(let mapping) = node else { throw wrong("expected a map") }
        for (key, _) in mapping where !keys.contains(key.string ?? "") {
            let name = key.string ?? ""
            throw MappingError(
                line: key.mark?.line, field: join(name), reason: "there is no such key",
                nearest: nearest(to: name, among: keys))
        }
    }

    func wrong(_ reason: String, _ nearest: String? = nil) -> MappingError {
        MappingError(line: line, field: path, reason: reason, nearest: nearest)
    }

    private func join(_ key: String) -> String { path.isEmpty ? key : path + "." + key }
}
