public import EventLog
public import Touchpoints

/// Answers questions about views, beside whoever writes the folder: writes nothing into log, index and views, and stands
/// at one position until it is refreshed. One caller at a time; for many, see ``OpenViews``.
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

    /// What would have to open files, or fold a customer from its first event, throws ``NotAtOnce`` instead.
    var isAtOnce = false

    let tuning: FoldTuning
    /// Answers come from the log alone, as if there were no generation and no kept replay.
    let isFresh: Bool
    /// What is answered instead of the log as it goes on; nil: that.
    let scenario: Scenario?
    /// The folder with a folder of kept replays for each view; nil: nothing is kept.
    let shelfPath: String?
    /// The views of the catalogue, in its order.
    private lazy var askings = catalogue.projectors.map { $0.makeAsking(self) }

    /// Opens the log at its head. Views are opened when first asked.
    public convenience init(folder: DataFolder, catalogue: Catalogue) throws {
        try self.init(folder: folder, catalogue: catalogue, tuning: FoldTuning(), isFresh: false)
    }

    /// - Parameter isFresh: generations are not looked at; everything is folded in memory.
    package init(folder: DataFolder, catalogue: Catalogue, tuning: FoldTuning, isFresh: Bool) throws {
        self.tuning = tuning
        self.isFresh = isFresh
        scenario = nil
        shelfPath = isFresh ? nil : folder.replaysPath
        self.folder = folder
        self.catalogue = catalogue
        log = try LogReader(folder: folder)
        var history = PolicyHistory()
        try history.refresh(from: log)
        self.history = history
    }

    /// Answers about a scenario, to whom the live views say nothing; they stay at its position.
    ///
    /// - Parameter path: the folder in which the views are kept; nil: they are folded in memory.
    public convenience init(folder: DataFolder, catalogue: Catalogue, scenario: Scenario, keptAt path: String?) throws {
        try self.init(
            folder: folder, catalogue: catalogue, scenario: scenario, keptAt: path, tuning: FoldTuning())
    }

    package init(
        folder: DataFolder, catalogue: Catalogue, scenario: Scenario, keptAt path: String?, tuning: FoldTuning
    ) throws {
        self.tuning = tuning
        isFresh = false
        self.scenario = scenario
        shelfPath = path
        self.folder = folder
        self.catalogue = catalogue
        log = try LogReader(folder: folder)
        var history = PolicyHistory()
        try history.refresh(from: log)
        self.history = history.supposing(scenario)
    }

    private init(_ answers: ViewAnswers, on log: LogReader) throws {
        tuning = answers.tuning
        isFresh = answers.isFresh
        scenario = nil
        shelfPath = nil
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

    /// Where answers stand that are asked for without a position.
    public var head: Position { scenario?.position ?? log.head }

    /// Whether log and views hold nothing newer than what is open. O(views), without a system call.
    var isNewest: Bool { scenario != nil || log.isNewest && askings.allSatisfy { $0.isNewest() } }

    /// The number of the generation of a view that is open; nil where none is.
    func generationOpen(of view: String) -> Int? {
        for asking in askings where asking.name == view { return asking.generation() }
        return nil
    }

    /// Goes on to what is in the folder now; the new position. O(events since).
    @discardableResult
    public func refresh() throws -> Position {
        guard scenario == nil else { return head }
        try goOn()
        for asking in askings { try asking.refresh() }
        return log.head
    }

    /// Goes on to the end of the log. What was opened under other policies is let go.
    func goOn() throws {
        let known = history.policies.count
        try log.refresh()
        try history.refresh(from: log)
        if history.policies.count != known { for asking in askings { asking.forget() } }
    }

    /// A view as it is asked.
    func asking<P: Projector>(_: P.Type) -> Asking<P> {
        for asking in askings { if let view = asking.view as? Asking<P> { return view } }
        preconditionFailure("\(P.name) is not in the catalogue")
    }

    /// The policy in force at the head; nil in an empty log.
    public var activePolicy: ActivePolicy? { history.latest }

    /// Answers one question, row by row.
    ///
    /// What a question has opened stays open for the next: about one customer, in a part that needs no other, it then costs
    /// about a microsecond.
    ///
    /// - Parameter columns: called with those of the rows before the first of them.
    /// - Throws: ``QueryError`` where the question cannot be answered as asked; what `emit` throws, but for
    ///   ``EnoughRows``, which ends the answer where it is.
    @discardableResult
    public func answer(
        _ question: Question, columns: ([Column]) throws -> Void = { _ in }, emit: (Row) throws -> Void
    ) throws -> Answer {
        for asking in askings where asking.name == question.view {
            var answer = try asking.answer(question, columns, emit)
            if let supposed = scenario?.policy { answer.isSupposed = supposed.position == answer.policy }
            return answer
        }
        throw catalogue.unknown(view: question.view)
    }

    /// Conditions, with dates that stand for the days of the policy in force.
    func filter(_ conditions: [String], _ columns: [Column]) throws(QueryError) -> RowFilter {
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
        reader = ViewReader(view)
        query = Query(customer: customer, reference: view.fold.clock, options: options)
    }

    func forEach(_ body: (Row) throws -> Void) throws { try part.rows(reader, query, body) }
}
