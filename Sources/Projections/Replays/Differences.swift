import EventLog
public import Touchpoints

/// What is different between two answers to everything: another policy, another position, another folder.
///
/// ```swift
/// let differences = Differences(from: answers, at: position, to: whatIf)
/// let moved = try differences.forEach(in: ["loyalty"]) { row in print(row) }
/// ```
/// Of each view the parts are compared that have a key and can be asked without options, those with a customer's figures
/// first.
public struct Differences {
    public static let columns: [Column] = [
        .text("view"), .text("part"), .text("key"), .text("column"), .text("before"), .text("after"),
    ]

    public let before: ViewAnswers
    public let after: ViewAnswers
    /// Where what was before stands.
    public let position: Position

    /// - Parameter position: of `before`; nil: where its answers stand without one.
    public init(from before: ViewAnswers, at position: Position? = nil, to after: ViewAnswers) {
        self.before = before
        self.after = after
        self.position = position ?? before.head
    }

    /// Calls `emit` for each value that is another: of a row that is there only after, `before` is null, of one that is there
    /// only before, `after` is. Customers are called as they were before. O(views), in time, and of what differs in memory.
    ///
    /// - Returns: the same in total.
    /// - Throws: ``QueryError`` for a view that is not in the catalogue.
    public func forEach(in views: [String], _ emit: (Row) throws -> Void) throws -> DifferenceTotals {
        var totals = DifferenceTotals()
        for view in views { try compare(before.catalogue.projector(named: view), &totals, emit) }
        return totals
    }

    private func compare<P: Projector>(
        _: P.Type, _ totals: inout DifferenceTotals, _ emit: (Row) throws -> Void
    ) throws {
        let old = try before.wholeView(P.self, at: before.standpoint(position))
        let new = try after.wholeView(P.self, at: after.standpoint(after.head))
        new.naming = ViewReader(old).policy.identity
        totals.setAside.before += old.fold.setAside.count
        totals.setAside.after += new.fold.setAside.count
        for part in P.parts.filter(\.holdsFigures) + P.parts.filter({ !$0.holdsFigures }) {
            guard let key = part.keyIndices, part.needsNoOptions else { continue }
            let options = try after.options(Question(view: P.name, part: part.name), part)
            let rowsBefore = PartRows(part, old, options)
            let difference = try RowDifference(
                key: key, before: rowsBefore.forEach, after: PartRows(part, new, options).forEach)
            var moves = part.holdsFigures ? MovedFigures(part.columns, key: key) : nil
            try difference.forEachPair { old, new in
                let values = part.values(old, new)
                guard !values.isEmpty else { return }
                totals.rowCount += 1
                totals.valueCount += values.count
                moves?.note(old, new)
                for row in values { try emit([.text(P.name)] + row) }
            }
            if moves?.isEmpty == false { try rowsBefore.forEach { moves!.add($0) } }
            totals.rows += (moves?.rows ?? []).map { [.text(P.name)] + $0 }
        }
    }
}

/// What is different in total.
public struct DifferenceTotals: Sendable {
    /// Those of ``rows``. `before` and `after` are a value from and to which `customers` have moved, or sums over all customers
    /// and their `change`; null where there is nothing to add up. `group` holds the key's other columns: a currency.
    public static let columns: [Column] = [
        .text("view"), .text("group"), .text("column"), .text("before"), .text("after"), .decimal("change"),
        .integer("customers"),
    ]

    /// Of each view's customers (or members), column by column.
    public internal(set) var rows: [Row] = []
    /// Values and rows that are others, over all parts.
    public internal(set) var valueCount = 0
    public internal(set) var rowCount = 0
    /// Customers who contribute nothing, since a fold of theirs fails, over all views.
    public internal(set) var setAside = (before: 0, after: 0)

    public init() {}
}

extension Part {
    /// Whether its rows are figures of single customers.
    fileprivate var holdsFigures: Bool {
        PartDescription.figureNames.contains(name) && key?.contains("customer") == true
    }
}
