import Touchpoints

/// The texts behind the log's numbers as the blocks themselves name them, in JSON: what is derived from the log is not asked.
struct LeafNames {
    private var dictionaries = Dictionaries()
    /// By table and number, with quotes; nothing where there is none.
    private var texts: [[[UInt8]]]

    init() {
        texts = NameAddition.Table.allCases.map { _ in [[]] }
        let types = [[]] + EventType.allBuiltIn.map { Self.quoted($0.builtInName ?? "") }
        let unused = [[UInt8]](repeating: [], count: Int(EventType.firstInterned) - types.count)
        texts[Self.index(.type)] = types + unused
    }

    /// Takes over what a block names; blocks must come in their order.
    mutating func add(_ block: borrowing BlockView) throws(LogError) {
        for addition in try block.nameAdditions() {
            guard dictionaries.add(addition) else {
                throw .damaged(block.first, "the numbers of the names do not follow")
            }
            texts[Self.index(addition.table)].append(Self.quoted(addition.name))
        }
    }

    /// The text of a number; nil for one that nobody has named.
    func text(_ number: UInt16, in table: NameAddition.Table) -> [UInt8]? {
        let texts = texts[Self.index(table)]
        guard number < texts.count, case let text = texts[Int(number)], !text.isEmpty else { return nil }
        return text
    }

    private static func index(_ table: NameAddition.Table) -> Int { Int(table.rawValue) - 1 }

    private static func quoted(_ name: String) -> [UInt8] {
        var text: [UInt8] = []
        CanonicalJSON.append(string: name.utf8, to: &text)
        return text
    }
}
