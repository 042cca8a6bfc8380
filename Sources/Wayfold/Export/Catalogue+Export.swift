public import Projections

extension Catalogue {
    /// The parts that an export holds whose names are given: `VIEW/PART` is one part, `VIEW` alone all parts of the view
    /// that can be asked without options, and no name at all those of every view. In the catalogue's order, each once.
    ///
    /// - Parameter isPast: the export is of the past, for which no outbox is answered.
    /// - Throws: ``QueryError`` for what there is not, and for parts about one customer or question.
    public func exportableParts(_ names: [String], ofThePast isPast: Bool) throws(QueryError) -> [PartDescription] {
        var wanted: Set<PartDescription> = []
        for name in names.isEmpty ? self.names : names {
            let words = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            _ = try projector(named: words[0])
            let ofView = parts.filter { $0.view == words[0] }
            guard words.count == 2 else {
                wanted.formUnion(ofView.filter { !$0.needsOptions && !(isPast && $0.name == "outbox") })
                continue
            }
            guard let part = ofView.first(where: { $0.name == words[1] }) else {
                throw QueryError(
                    "\(words[0]) has no part \(words[1]); it has \(ofView.map(\.name).joined(separator: ", "))")
            }
            guard !part.needsOptions else {
                throw QueryError("\(name) is no table for itself but an answer to a question: ask it (wayfold query)")
            }
            wanted.insert(part)
        }
        return parts.filter(wanted.contains)
    }
}

extension PartDescription {
    /// Whether it cannot be asked without options.
    fileprivate var needsOptions: Bool {
        options.contains { option in
            switch option {
            case .customer(let isRequired), .text(_, let isRequired): isRequired
            case .choice: false
            }
        }
    }
}
