/// A policy's values as a tree, for canonical text and for comparing.
enum PolicyValue {
    case text(String)
    /// Values without names, in their order.
    case list([String])
    /// Keys whose order means nothing.
    case map([String: PolicyValue])
    /// Named things whose order matters, such as stages: the first that fits.
    case ordered([Named])

    struct Named {
        var name: String
        var value: PolicyValue

        init(_ name: String, _ value: PolicyValue) {
            self.name = name
            self.value = value
        }
    }

    /// A line for each value, `path = value`, ascending by path. Of ordered things, the order is a line of its own.
    func lines(below path: String) -> [(path: String, value: String)] {
        switch self {
        case .text(let text): return [(path, text)]
        case .list(let elements): return [(path, Self.joined(elements))]
        case .map(let map):
            let sorted = map.sorted { $0.key < $1.key }
            return sorted.flatMap { $1.lines(below: "\(path).\($0)") }
        case .ordered(let elements):
            return [(path, Self.joined(elements.map(\.name)))]
                + elements.sorted { $0.name < $1.name }.flatMap {
                    $0.value.lines(below: "\(path)[\(Self.quoted($0.name))]")
                }
        }
    }

    private static func joined(_ elements: [String]) -> String {
        "[" + elements.map(quoted).joined(separator: ", ") + "]"
    }

    /// A name that could be taken for two, or for a path, in quotation marks: different values never look alike.
    private static func quoted(_ name: String) -> String {
        guard name.isEmpty || name.contains(where: { ",[]=\"\\".contains($0) }) else { return name }
        return "\"" + name.map { "\"\\".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "\""
    }
}

extension PolicyValue {
    static func number(_ number: some BinaryInteger) -> PolicyValue { .text("\(number)") }

    /// A map of those that are there.
    static func conditions(_ pairs: [(String, PolicyValue?)]) -> PolicyValue {
        .map(Dictionary(uniqueKeysWithValues: pairs.compactMap { key, value in value.map { (key, $0) } }))
    }
}
