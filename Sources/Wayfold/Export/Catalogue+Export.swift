public import Projections

extension Catalogue {
    /// The parts that an export holds whose names are given: `VIEW/PART` is one part, `VIEW` alone all parts of the view
    /// that can be asked with just what the selection says, and no name at all those of every view. In the catalogue's
    /// order, each once.
    ///
    /// - Parameter isPast: the export is of the past, for which no outbox is answered.
    /// - Throws: ``QueryError`` for what there is not, and for a part that needs another question.
    public func exportableParts(
        _ names: [String], _ selection: ExportSelection = ExportSelection(), ofThePast isPast: Bool
    ) throws(QueryError) -> [PartDescription] {
        var wanted: Set<PartDescription> = []
        let given = selection.names
        for name in names.isEmpty ? self.names : names {
            let words = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            _ = try projector(named: words[0])
            let ofView = parts.filter { $0.view == words[0] }
            guard words.count == 2 else {
                wanted.formUnion(
                    ofView.filter { part in
                        given.isSubset(of: part.optionNames) && part.neededNames.isSubset(of: given)
                            && !(isPast && part.name == "outbox")
                    })
                continue
            }
            guard let part = ofView.first(where: { $0.name == words[1] }) else {
                throw QueryError(
                    "\(words[0]) has no part \(words[1]); it has \(ofView.map(\.name).joined(separator: ", "))")
            }
            if let other = given.subtracting(part.optionNames).sorted().first {
                throw QueryError("\(name) has no option \(other)", parameter: other)
            }
            if let missing = part.neededNames.subtracting(given).sorted().first {
                throw QueryError("\(name) needs \(missing)", parameter: missing)
            }
            wanted.insert(part)
        }
        return parts.filter(wanted.contains)
    }
}

extension PartDescription {
    fileprivate var optionNames: Set<String> { Set(options.map(\.name)) }

    /// The options without which it cannot be asked.
    fileprivate var neededNames: Set<String> {
        Set(
            options.filter { option in
                switch option {
                case .customer(let isRequired), .text(_, let isRequired): isRequired
                case .choice: false
                }
            }.map(\.name))
    }
}
