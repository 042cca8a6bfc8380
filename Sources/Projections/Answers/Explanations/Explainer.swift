import EventLog
import Touchpoints

/// Explains figures of one customer: folds it once with all its events, and then each figure's needed events.
struct Explainer<P: Projector> {
    /// A step as the first fold has taken it.
    private struct Entry {
        let step: ToldStep
        /// Of a customer that held strands of this one then.
        let isOwn: Bool
        /// What the part says behind it; nil: the same as before.
        let table: FigureTable?
    }

    private let fold: ViewFold<P>
    private let rows: FigureRows<P>
    private let lines: ExplanationLines<P>
    private var entries: [Entry] = []
    private var isSetAside = false
    /// Of all rows that there ever were.
    private var keys: [[Value]] = []

    init(_ fold: ViewFold<P>, _ rows: FigureRows<P>) throws {
        self.fold = fold
        self.rows = rows
        lines = try ExplanationLines(fold, rows)
        var (known, table) = (P.State?.none, FigureTable())
        var (entries, keys) = ([Entry](), [[Value]]())
        isSetAside = try StepTrace(fold, rows.customer).run { moment, isOwn, state in
            let state = state()
            guard state != known else { return entries.append(Entry(step: moment.told, isOwn: isOwn, table: nil)) }
            known = state
            table = try rows(in: state)
            for key in table.keys where !keys.contains(key) { keys.append(key) }
            entries.append(Entry(step: moment.told, isOwn: isOwn, table: table))
        }
        (self.entries, self.keys) = (entries, keys)
    }

    /// The lines of all figures, or of those in one column.
    ///
    /// - Parameters:
    ///   - shown: what the view shows of the customer.
    ///   - value: only figures that are shown so.
    ///   - isStale: the view's files are of another version.
    /// - Throws: ``UnexplainedError`` where the listed events do not give that.
    func explain(
        _ columns: [Int], shown: FigureTable, having value: String? = nil, isStale: Bool, _ emit: (Row) throws -> Void
    ) throws {
        guard !entries.isEmpty else { return }
        try lines.forEachDecision(emit)
        for key in keys + shown.keys.filter({ !keys.contains($0) }) {
            for column in columns {
                let figure = Figure(key: key, column: column)
                if let value, shown[figure].text != value { continue }
                let (trail, explained, isProved) = try explain(figure, emit)
                guard explained == shown[figure] else {
                    throw UnexplainedError(
                        figure: "\(P.name) \(lines.name(of: figure)) of \(lines.customerName)",
                        shown: shown[figure].text,
                        explained: explained.text, isStale: isStale)
                }
                try emit(lines.shown(figure, trail, isProved: isProved))
            }
        }
    }

    /// Emits the steps of one figure; the value as the listed events alone give it.
    private func explain(
        _ figure: Figure, _ emit: (Row) throws -> Void
    ) throws -> (trail: FigureTrail, explained: Value, isProved: Bool) {
        let trail = trail(of: figure)
        let needed = NeededEvents(fold, rows, figure, trail)
        let changing = Set(trail.changes.map(\.cause))
        var silent: [(event: Position, isIdle: Bool)] = []
        for entry in entries where !changing.contains(entry.step.cause) {
            if let event = entry.step.event { silent.append((event, entry.table == nil)) }
        }
        let kept = try needed.needed(of: silent)
        var value = Value.null
        var restored = try lines.voidedEvents.filter { try needed.isProved && !needed.isSame(with: $0) }[...]
        for entry in entries {
            while let voided = restored.first, voided.time <= entry.step.time {
                try emit(lines.voided(figure, restored.removeFirst(), value))
            }
            let before = value
            if let table = entry.table, !isSetAside { value = table[figure] }
            guard changing.contains(entry.step.cause) || entry.step.event.map(kept.contains) == true else {
                continue
            }
            try emit(lines.line(figure, entry.step, before: before, after: value))
        }
        for voided in restored { try emit(lines.voided(figure, voided, value)) }
        let omitted = Set(silent.map(\.event)).subtracting(kept)
        return (trail, try needed.value(without: omitted), needed.isProved)
    }

    private func trail(of figure: Figure) -> FigureTrail {
        var trail = FigureTrail()
        var value = Value.null
        for entry in entries {
            if let table = entry.table, !isSetAside { value = table[figure] }
            if entry.isOwn { _ = trail.take(entry.step.cause, entry.step.rules, value) }
        }
        trail.finish(isSetAside: isSetAside)
        return trail
    }
}
