import EventLog
public import Touchpoints

/// Checking questions.
extension ViewAnswers {
    /// The part's own options as given, with the defaults of choices; throws on what the part does not take.
    func options<P: Projector>(_ question: Question, _ part: Part<P>) throws(QueryError) -> [String: String] {
        var options: [String: String] = [:]
        if !question.options.isEmpty {
            let known = Set(part.options.map(\.name))
            for name in question.options.keys.sorted() where !known.contains(name) {
                throw QueryError("\(P.name)/\(part.name) has no option \(name)", parameter: name)
            }
        }
        if question.customer != nil, !part.takesCustomer {
            throw QueryError("\(P.name)/\(part.name) has no option customer", parameter: "customer")
        }
        if question.customer == nil, part.needsCustomer {
            throw QueryError("\(P.name)/\(part.name) needs customer", parameter: "customer")
        }
        guard part.takesOptions else { return options }
        for option in part.options {
            let given = question.options[option.name]
            switch option {
            case .customer: break
            case .choice(let name, let words):
                guard given == nil || words.contains(given!) else {
                    throw QueryError(
                        "\(name) is \(given!); it can be \(words.joined(separator: ", "))", parameter: name)
                }
                options[name] = given ?? words[0]
            case .text(let name, let required):
                guard !required || given != nil else {
                    throw QueryError("\(P.name)/\(part.name) needs \(name)", parameter: name)
                }
                options[name] = given
            }
        }
        return options
    }

    /// The customer to whom an alias belonged at a position; a bare value is looked up under every kind. An alias that has
    /// moved on since is found with its former owner.
    ///
    /// - Parameter position: nil: the head.
    /// - Throws: ``QueryError`` where there was none by then, or a bare value has several kinds.
    public func customer(named text: String, at position: Position? = nil) throws -> CustomerNumber {
        log.identity(at: position ?? head).customer(of: try strand(named: text, at: position))
    }

    /// The strand of an alias, likewise.
    public func strand(named text: String, at position: Position? = nil) throws -> StrandNumber {
        guard let strand = try knownStrand(named: text, at: position ?? head) else {
            throw QueryError(
                "there is no customer \(text)" + (position.map { " at position \($0)" } ?? ""),
                parameter: "customer", isAboutUnknown: true)
        }
        return strand
    }

    /// The same; nil where there was none by then.
    func knownStrand(named text: String, at position: Position) throws -> StrandNumber? {
        if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let alias = Alias(kind: String(text[..<colon]), value: String(text[text.utf8.index(after: colon)...]))
            if let strand = try log.strand(of: alias, at: position) { return strand }
        }
        let strands = try log.strands(withValue: text, at: position)
        if strands.count > 1 {
            let names = try strands.compactMap { try log.alias(of: $0)?.description }
            throw QueryError("\(text) is \(names.joined(separator: " and ")): say which", parameter: "customer")
        }
        return strands.first
    }
}

extension Projector {
    static func part(named name: String?) throws(QueryError) -> Part<Self> {
        guard let name else { return parts[0] }
        guard let part = allParts.first(where: { $0.name == name }) else {
            let names = allParts.map(\.name) + [Corrections.name]
            throw QueryError(
                "\(Self.name) has no part \(name); it has \(names.joined(separator: ", "))", isAboutUnknown: true)
        }
        return part
    }
}
