/// One thing that is wrong with a policy.
public struct PolicyError: Error, Hashable, Sendable {
    /// Where it stands in the text, from 1; nil where nothing stands because something is missing.
    public var line: Int?
    public var column: Int?
    /// The field, as `lifecycle.stages[2].when.orders`.
    public var path: String
    /// What is wrong and what was expected.
    public var message: String
    /// The nearest word that would have been right.
    public var suggestion: String?
}

extension PolicyError: CustomStringConvertible {
    /// `line 12, column 5: journey.sessionGab: no such key; did you mean "sessionGap"?`
    public var description: String {
        var text = ""
        if let line, let column { text += "line \(line), column \(column): " }
        if !path.isEmpty { text += "\(path): " }
        text += message
        if let suggestion { text += "; did you mean \"\(suggestion)\"?" }
        return text
    }
}

/// Everything that is wrong with a policy.
public struct PolicyErrors: Error, Hashable, Sendable, CustomStringConvertible {
    /// In the order of their lines, never empty.
    public let errors: [PolicyError]

    init(_ errors: [PolicyError]) {
        self.errors = errors.enumerated().sorted {
            ($0.element.line ?? .max, $0.element.column ?? .max, $0.offset)
                < ($1.element.line ?? .max, $1.element.column ?? .max, $1.offset)
        }.map(\.element)
    }

    public var description: String { errors.map(\.description).joined(separator: "\n") }
}
