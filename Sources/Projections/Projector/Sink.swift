/// Where a step puts what it adds to totals and the rules by which it acts.
///
/// What a step emits counts only when the step succeeds; the runtime adds it, or takes it back, as a whole.
public struct Sink: ~Copyable {
    @usableFromInline var contributions: [Contribution] = []
    /// The cells that were addressed by a text, each with the end of its text in `texts`.
    private var labelled: [(cell: Cell, end: Int)] = []
    /// The texts one behind the other.
    private var texts: [UInt8] = []
    /// Whether somebody asked why, or looks at the steps one by one.
    public let explains: Bool
    /// Whether anybody takes the effects; else they are not even made.
    package var keepsEffects = true
    var rules: [Rule] = []
    @usableFromInline var details: [any Sendable] = []
    var effects: [Effect] = []

    package init(explains: Bool = false) { self.explains = explains }

    /// Adds to one total. O(1).
    @inlinable public mutating func add(_ amount: Int64 = 1, to cell: Cell) {
        contributions.append(Contribution(cell: cell, amount: amount))
    }

    /// Adds to the total that a text addresses (a variant, a search term); the text can be read back from the cell.
    ///
    /// The key is a 128-bit hash of the text, the same everywhere. O(length).
    public mutating func add(_ amount: Int64 = 1, to table: UInt8, label: [UInt8]) {
        add(amount, to: table) { $0 += label }
    }

    /// The same for a text that is made on the spot, without an array of its own.
    ///
    /// - Parameter write: appends the text to what it is handed, and changes nothing else of it.
    @inline(__always)
    public mutating func add(_ amount: Int64 = 1, to table: UInt8, writingLabel write: (inout [UInt8]) -> Void) {
        let start = texts.count
        write(&texts)
        let cell = Cell(labelled: texts.span.extracting(start...).bytes, in: table)
        labelled.append((cell, texts.count))
        contributions.append(Contribution(cell: cell, amount: amount))
    }

    /// Names the rule by which this step acts. Costs one test unless somebody asked why.
    @inlinable public mutating func because(_ rule: @autoclosure () -> Rule) {
        if explains { note(rule()) }
    }

    /// Hands something on to whoever looks at the steps one by one (``Step/details``), such as what was booked. Costs one test
    /// unless somebody does.
    @inlinable public mutating func detail(_ detail: @autoclosure () -> any Sendable) {
        if explains { details.append(detail()) }
    }

    /// Tells others of something, once for the rule and this step: a row in the view's outbox (rule 39).
    ///
    /// It fires only while its cause, the event or the wake-up, is not older than the policy's `effects.maxAge`, and
    /// never for events of `import --backfill`. What it tells is for programs: small integers and texts by name.
    /// The projector says ``Projector/hasEffects``.
    public mutating func effect(_ rule: Rule, _ payload: @autoclosure () -> KeyValuePairs<StaticString, EffectValue>) {
        guard keepsEffects else { return }
        effects.append(Effect(rule: rule, payload: payload().map { ($0.key, $0.value) }))
    }

    /// The step is done: its effects are due to `cause`, or with nil to none that may have any.
    mutating func sealEffects(_ cause: Effect.Cause?) {
        guard let cause else { return dropOpenEffects() }
        var index = effects.count - 1
        while index >= 0, effects[index].cause == nil {
            effects[index].cause = cause
            index -= 1
        }
    }

    /// Forgets the effects of the step in hand.
    private mutating func dropOpenEffects() {
        while let last = effects.last, last.cause == nil { effects.removeLast() }
    }

    @usableFromInline mutating func note(_ rule: Rule) { rules.append(rule) }

    /// What was emitted, in its order.
    package var emitted: [(cell: Cell, amount: Int64)] { contributions.map { ($0.cell, $0.amount) } }
    /// The texts of the cells that were addressed by one.
    package var emittedLabels: [(cell: Cell, label: [UInt8])] { labels }

    var labels: [(cell: Cell, label: [UInt8])] {
        var labels: [(cell: Cell, label: [UInt8])] = []
        forEachLabel { cell, text in labels.append((cell, Array(text))) }
        return labels
    }

    /// Calls `body` for each cell that was addressed by a text.
    @inline(__always)
    func forEachLabel(_ body: (Cell, ArraySlice<UInt8>) -> Void) {
        var start = 0
        for (cell, end) in labelled {
            body(cell, texts[start..<end])
            start = end
        }
    }

    /// Forgets what was emitted since the last call.
    mutating func discard() {
        discard(downTo: 0)
        if !effects.isEmpty { effects.removeAll(keepingCapacity: true) }
    }

    /// Forgets what the step in hand has emitted, which began at the mark.
    mutating func discard(downTo mark: Int) {
        if contributions.count > mark { contributions.removeSubrange(mark...) }
        if mark == 0, !labelled.isEmpty {
            labelled.removeAll(keepingCapacity: true)
            texts.removeAll(keepingCapacity: true)
        }
        if !rules.isEmpty { rules.removeAll(keepingCapacity: true) }
        if !details.isEmpty { details.removeAll(keepingCapacity: true) }
        if !effects.isEmpty { dropOpenEffects() }
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
