public import EventLog
public import Touchpoints

/// Answers questions about views, beside whoever writes the folder: writes nothing into log, index and views, and stands
/// at one position.
///
/// ```swift
/// let answers = try ViewAnswers(folder: DataFolder(openingAt: "wayfold-data"), catalogue: catalogue)
/// let answer = try answers.answer(Question(view: "rfm", part: "customers")) { row in print(row) }
/// ```
/// A past answer about a whole view takes a replay of the log, which is kept in the folder and used again where the
/// same is asked; one about one customer takes that customer's events.
public final class ViewAnswers {
    public let log: LogReader
    public let catalogue: Catalogue
    public let folder: DataFolder
    var history: PolicyHistory
    /// Told as a replay goes on.
    public var replaying: RebuildProgress = { _, _, _ in }

    let tuning: FoldTuning
    /// Answers come from the log alone, as if there were no generation and no kept replay.
    let isFresh: Bool
    /// Nothing is kept of a log that is only supposed.
    let isSupposed: Bool

    /// Opens the log at its head. Views are opened when first asked.
    public convenience init(folder: DataFolder, catalogue: Catalogue) throws {
        try self.init(folder: folder, catalogue: catalogue, tuning: FoldTuning(), isFresh: false)
    }

    /// - Parameter isFresh: generations are not looked at; everything is folded in memory.
    package init(folder: DataFolder, catalogue: Catalogue, tuning: FoldTuning, isFresh: Bool) throws {
        self.tuning = tuning
        self.isFresh = isFresh
        isSupposed = false
        self.folder = folder
        self.catalogue = catalogue
        log = try LogReader(folder: folder)
        var history = PolicyHistory()
        try history.refresh(from: log)
        self.history = history
    }

    private init(_ answers: ViewAnswers, on log: LogReader) throws {
        tuning = answers.tuning
        isFresh = answers.isFresh
        isSupposed = true
        folder = answers.folder
        catalogue = answers.catalogue
        self.log = log
        history = answers.history
        try history.refresh(from: log)
    }

    /// The answers as they would be if these events were appended now, by a clock that stands still; and what would become
    /// of each. Nothing is written (see `LogReader.supposing`).
    public func supposing(
        _ batch: DraftBatch, _ options: AppendOptions
    ) throws -> (answers: ViewAnswers, verdicts: [Verdict]) {
        let (log, verdicts) = try log.supposing(batch, options)
        return (try ViewAnswers(self, on: log), verdicts)
    }

    /// The policy in force at the head; nil in an empty log.
    public var activePolicy: ActivePolicy? { history.latest }

    /// Answers one question, row by row.
    ///
    /// - Parameter columns: called with those of the rows before the first of them.
    /// - Throws: ``QueryError`` where the question cannot be answered as asked; what `emit` throws, but for
    ///   ``EnoughRows``, which ends the answer where it is.
    @discardableResult
    public func answer(
        _ question: Question, columns: ([Column]) throws -> Void = { _ in }, emit: (Row) throws -> Void
    ) throws -> Answer {
        func ask<P: Projector>(_ projector: P.Type) throws -> Answer {
            let shown = try catalogue.columns(of: question)
            let filter = try filter(question.conditions, shown)
            if question.part == Corrections.name {
                try columns(shown)
                return try corrections(projector, question, filter, emit)
            }
            let part = try projector.part(named: question.part)
            let options = try options(question, part)
            if let since = question.changesSince {
                let filter = try ChangeFilter(question.conditions, part, in: filter.zone)
                try columns(shown)
                return try changes(part, since, question, options, filter, emit)
            }
            let view = try view(projector, question, part, at: standpoint(of: question))
            let rows = try PartRows(
                part, view, options,
                customer: question.customer.map {
                    try customer(named: $0, at: view.fold.checkpoint)
                })
            try columns(shown)
            try untilEnough { try rows.forEach { if filter.accepts($0) { try emit($0) } } }
            return Answer(view)
        }
        return try ask(catalogue.projector(named: question.view))
    }

    /// Conditions, with dates that stand for the days of the policy in force.
    private func filter(_ conditions: [String], _ columns: [Column]) throws(QueryError) -> RowFilter {
        var filter = try RowFilter(conditions, columns: columns)
        if let active = history.latest { filter.zone = active.zone }
        return filter
    }

    /// Runs what emits rows; ``EnoughRows`` ends it, and is no error.
    func untilEnough(_ body: () throws -> Void) throws {
        do { try body() } catch is EnoughRows {}
    }
}

/// The rows of one part in one view.
struct PartRows<P: Projector> {
    private let part: Part<P>
    private let reader: ViewReader<P>
    private let query: Query

    init(_ part: Part<P>, _ view: OpenView<P>, _ options: [String: String], customer: CustomerNumber? = nil) {
        self.part = part
        reader = ViewReader(view.fold)
        query = Query(customer: customer, reference: view.fold.clock, options: options)
    }

    func forEach(_ body: (Row) throws -> Void) throws { try part.rows(reader, query, body) }
}
