/// Where a step puts what it adds to totals and the rules by which it acts.
///
/// What a step emits counts only when the step succeeds; the runtime adds it, or takes it back, as a whole.
public struct Sink: ~Copyable {
    @usableFromInline var contributions: [Contribution] = []
    @usableFromInline var labels: [(cell: Cell, label: [UInt8])] = []
    @usableFromInline let explains: Bool
    var rules: [Rule] = []

    package init(explains: Bool = false) { self.explains = explains }

    /// Adds to one total. O(1).
    @inlinable public mutating func add(_ amount: Int64 = 1, to cell: Cell) {
        contributions.append(Contribution(cell: cell, amount: amount))
    }

    /// Adds to the total that a text addresses (a variant, a search term); the text can be read back from the cell.
    ///
    /// The key is a 128-bit hash of the text, the same everywhere. O(length).
    public mutating func add(_ amount: Int64 = 1, to table: UInt8, label: [UInt8]) {
        let cell = Cell(labelled: label, in: table)
        labels.append((cell, label))
        contributions.append(Contribution(cell: cell, amount: amount))
    }

    /// Names the rule by which this step acts. Costs one test unless somebody asked why.
    @inlinable public mutating func because(_ rule: @autoclosure () -> Rule) {
        if explains { note(rule()) }
    }

    @usableFromInline mutating func note(_ rule: Rule) { rules.append(rule) }

    /// What was emitted, in its order.
    package var emitted: [(cell: Cell, amount: Int64)] { contributions.map { ($0.cell, $0.amount) } }
    /// The texts of the cells that were addressed by one.
    package var emittedLabels: [(cell: Cell, label: [UInt8])] { labels }

    /// Forgets what was emitted since the last call, or since the mark.
    mutating func discard(downTo mark: Int = 0) {
        contributions.removeSubrange(mark...)
        if mark == 0 { labels.removeAll(keepingCapacity: true) }
        rules.removeAll(keepingCapacity: true)
    }
}

/// One signed addition to a total.
@usableFromInline struct Contribution: Sendable, BitwiseCopyable {
    @usableFromInline var cell: Cell
    @usableFromInline var amount: Int64

    @inlinable init(cell: Cell, amount: Int64) {
        self.cell = cell
        self.amount = amount
    }
}
