import EventLog
import Touchpoints

/// Changes of a part between two positions, as rows behind a column that says which.
enum Changes {
    static let column = Column.text("change")
    static let upsert = Value.text("upsert")
    static let delete = Value.text("delete")
}

extension ViewAnswers {
    /// What is to be done to the rows as known at a position to get those at the head: first the rows that go, with
    /// nothing but their keys, then those that are new or other than before, in the order of the answer.
    ///
    /// O(view) where the view is kept as it stood at that position, which it is once it was asked from there; else a
    /// replay. The view at the head is kept for the next question.
    func changes<P: Projector>(
        _ part: Part<P>, _ since: Position, _ question: Question, _ options: [String: String], _ filter: ChangeFilter,
        _ emit: (Row) throws -> Void
    ) throws -> Answer {
        guard let key = part.keyIndices else {
            throw QueryError(
                "\(P.name)/\(part.name) has no key, so nobody can say which of its rows changed",
                parameter: "changes-since")
        }
        guard question.asOf == nil, question.asKnown == nil else {
            throw QueryError(
                "changes are those up to the head: changes-since takes no as-of and no as-known",
                parameter: "changes-since")
        }
        // The live view first: it may have gone further than the log that was opened.
        let alone = question.customer != nil && part.reach == .customer
        let live = try alone ? nil : self.live(P.self, at: self.head)
        let head = Standpoint(position: live?.fold.checkpoint ?? self.head)
        let earlier = try standpoint(since)
        let after = try live.map { OpenView(fold: $0.fold) } ?? view(P.self, question, part, at: head)
        if let live { try keep(live) }
        guard since < head.position else { return Answer(after) }

        let rowsAfter = try rows(part, question, options, after, filter)
        let rowsBefore = try rowsBefore(part, question, options, earlier, filter)
        let comparison = try RowComparison(key: key, before: rowsBefore, after: rowsAfter)
        try untilEnough {
            var gone = comparison.gone
            func emitIfAsked(_ row: Row) throws { if filter.acceptsChange(row) { try emit(row) } }
            if !gone.isEmpty {
                try rowsBefore { row in
                    guard gone.remove(comparison.hash(of: row)) != nil else { return }
                    var deleted: Row = [Changes.delete]
                    for index in row.indices { deleted.append(key.contains(index) ? row[index] : .null) }
                    try emitIfAsked(deleted)
                }
            }
            guard !comparison.changed.isEmpty else { return }
            try rowsAfter { row in
                if comparison.changed.contains(comparison.hash(of: row)) { try emitIfAsked([Changes.upsert] + row) }
            }
        }
        return Answer(after)
    }

    private func rows<P: Projector>(
        _ part: Part<P>, _ question: Question, _ options: [String: String], _ view: OpenView<P>, _ filter: ChangeFilter
    ) throws -> RowComparison.Rows {
        let number = try question.customer.map { try customer(named: $0, at: view.fold.checkpoint) }
        let rows = PartRows(part, view, options, customer: number)
        return { body in try rows.forEach { if filter.accepts($0) { try body($0) } } }
    }

    /// The rows as known at the earlier position: none of a customer who was not known then.
    private func rowsBefore<P: Projector>(
        _ part: Part<P>, _ question: Question, _ options: [String: String], _ standpoint: Standpoint,
        _ filter: ChangeFilter
    ) throws -> RowComparison.Rows {
        if let name = question.customer {
            guard try knownStrand(named: name, at: standpoint.position) != nil else { return { _ in } }
        }
        let before = try view(P.self, question, part, at: standpoint)
        return try rows(part, question, options, before, filter)
    }
}

/// Conditions on changes: those on the part's columns choose the rows whose changes are told, so that a row which no
/// longer meets them is deleted; those on the column `change` choose among the changes.
struct ChangeFilter {
    private let rows: RowFilter
    private let changes: RowFilter

    init<P: Projector>(_ conditions: [String], _ part: Part<P>, in zone: ZoneTable) throws(QueryError) {
        var onChanges: [String] = []
        var onRows: [String] = []
        for condition in conditions {
            do throws(QueryError) {
                _ = try RowFilter([condition], columns: [Changes.column])
                onChanges.append(condition)
            } catch {
                onRows.append(condition)
            }
        }
        var rows = try RowFilter(onRows, columns: part.columns)
        rows.zone = zone
        self.rows = rows
        changes = try RowFilter(onChanges, columns: [Changes.column])
    }

    func accepts(_ row: Row) -> Bool { rows.accepts(row) }
    func acceptsChange(_ row: Row) -> Bool { changes.accepts(row) }
}

extension Part {
    /// The places of the key's columns; nil for a part without a key.
    var keyIndices: [Int]? {
        key.map { key in columns.indices.filter { key.contains(columns[$0].name) } }
    }
}
