public import EventLog
public import Touchpoints

/// Answers questions about views, beside whoever writes the folder: writes nothing, and stands at one position.
///
/// ```swift
/// let answers = try ViewAnswers(folder: DataFolder(openingAt: "wayfold-data"), catalogue: catalogue)
/// let answer = try answers.answer(Question(view: "rfm", part: "customers")) { row in print(row) }
/// ```
public final class ViewAnswers {
    public let log: LogReader
    public let catalogue: Catalogue
    public let folder: DataFolder
    private(set) var history: PolicyHistory
    private let tuning: FoldTuning
    /// Answers come from the log alone, as if there were no generation.
    private let isFresh: Bool

    /// Opens the log at its head. Views are opened when first asked.
    public convenience init(folder: DataFolder, catalogue: Catalogue) throws {
        try self.init(folder: folder, catalogue: catalogue, tuning: FoldTuning(), isFresh: false)
    }

    /// - Parameter isFresh: generations are not looked at; everything is folded in memory.
    package init(folder: DataFolder, catalogue: Catalogue, tuning: FoldTuning, isFresh: Bool) throws {
        self.tuning = tuning
        self.isFresh = isFresh
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
    /// - Throws: ``QueryError`` where the question cannot be answered as asked; what `emit` throws, but for
    ///   ``EnoughRows``, which ends the answer where it is.
    @discardableResult
    public func answer(
        _ question: Question, columns: ([Column]) throws -> Void = { _ in }, emit: (Row) throws -> Void
    ) throws -> Answer {
        func ask<P: Projector>(_ projector: P.Type) throws -> Answer {
            let part = try projector.part(named: question.part)
            guard question.asOf == nil || P.answersAsOf else {
                throw QueryError("\(P.name) does not answer --as-of yet")
            }
            let view = try open(projector, question)
            let query = try query(question, part, view)
            try columns(part.columns)
            do { try part.rows(ViewReader(view.fold), query, emit) } catch is EnoughRows {}
            return Answer(
                position: view.fold.checkpoint, policy: view.fold.schedule.active(at: view.fold.checkpoint).position,
                isStale: view.version != P.version, setAside: view.fold.setAside.count)
        }
        return try ask(catalogue.projector(named: question.view))
    }
}

/// What is asked: a part of a view, with its options as they came.
public struct Question: Sendable {
    public var view: String
    /// nil: the view's first part.
    public var part: String?
    /// `kind:value`, or a bare value, which is looked up under every kind.
    public var customer: String?
    public var asOf: Timestamp?
    /// The part's own options by name.
    public var options: [String: String] = [:]

    public init(view: String, part: String? = nil) {
        self.view = view
        self.part = part
    }
}

/// Thrown by whoever takes the rows of an answer and needs no more of them.
public struct EnoughRows: Error, Sendable {
    public init() {}
}

/// Where an answer stands.
public struct Answer: Sendable, Equatable {
    /// The position of the log that it holds for.
    public let position: Position
    /// The position of the policy that it was given under.
    public let policy: Position
    /// It comes from a generation that another version of the view has made.
    public let isStale: Bool
    /// Customers that contribute nothing, since their fold fails.
    public let setAside: Int
}

/// Opening.
extension ViewAnswers {
    /// The view folded to the head in memory, or to the time of `--as-of`.
    func open<P: Projector>(_ projector: P.Type, _ question: Question) throws -> Generation<P> {
        guard let latest = history.latest else { throw QueryError("the log is empty") }
        if let time = question.asOf {
            guard time <= log.clock else {
                throw QueryError("the log's clock stands at \(log.clock), before \(time): tick first (wayfold tick)")
            }
            return try foldedInMemory(projector, latest.position, cut: time)
        }
        return try openLive(projector)
    }

    /// The live generation, folded in memory from its checkpoint to the head; the whole log, folded in memory, where
    /// there is none that can be read.
    func openLive<P: Projector>(_: P.Type) throws -> Generation<P> {
        guard let latest = history.latest else { throw QueryError("the log is empty") }
        let folder = ViewFolder(path: folder.viewsPath + "/" + P.name)
        guard !isFresh, let number = folder.current(), let about = try GenerationAbout.peek(folder.path(of: number)),
            about.version == P.version || (P.canRead(version: about.version) && about.remaining == .nothing),
            case let policies = policies(of: P.self, about.policyPosition), !policies.isEmpty
        else { return try foldedInMemory(P.self, latest.position) }
        let live = try ViewDamage.orNil { () -> Generation<P>? in
            let generation = try Generation<P>(
                readingAt: folder.path(of: number), number: number, log: log, policies: policies, tuning: tuning)
            // The view has gone on behind the log that events are supposed in.
            if log.isSupposing, generation.fold.checkpoint > log.committedHead { return nil }
            return about.version == P.version ? try folded(generation) : generation
        }
        return try live ?? foldedInMemory(P.self, latest.position)
    }

    /// The whole log folded in memory, without the steps that are known to end a process.
    private func foldedInMemory<P: Projector>(
        _: P.Type, _ policy: Position, cut: Timestamp? = nil
    ) throws -> Generation<P> {
        let generation = try Generation<P>(
            readingAt: nil, number: 0, log: log, policies: policies(of: P.self, policy), cut: cut, tuning: tuning)
        let folder = ViewFolder(path: folder.viewsPath + "/" + P.name)
        if let current = folder.current(), let about = try GenerationAbout.peek(folder.path(of: current)) {
            generation.fold.traps = about.traps
        }
        return try folded(generation)
    }

    private func folded<P: Projector>(_ generation: Generation<P>) throws -> Generation<P> {
        if generation.fold.checkpoint > log.head {
            // The view was written back after this reader had opened the log.
            try log.refresh()
            try history.refresh(from: log)
            generation.fold.schedule.extend(by: history.policies)
        }
        try generation.fold.fold(through: log.head)
        return generation
    }

    private func policies<P: Projector>(of _: P.Type, _ position: Position) -> [ActivePolicy] {
        P.order == .recorded ? history.policies : history.policies.filter { $0.position == position }
    }
}

/// Checking questions.
extension ViewAnswers {
    private func query<P: Projector>(_ question: Question, _ part: Part<P>, _ view: Generation<P>) throws -> Query {
        var options: [String: String] = [:]
        let known = Set(part.options.map(\.name))
        for name in question.options.keys.sorted() where !known.contains(name) {
            throw QueryError("\(P.name)/\(part.name) has no option --\(name)")
        }
        if question.customer != nil, !known.contains("customer") {
            throw QueryError("\(P.name)/\(part.name) has no option --customer")
        }
        for option in part.options {
            let given = question.options[option.name]
            switch option {
            case .customer(let required):
                guard !required || question.customer != nil else {
                    throw QueryError("\(P.name)/\(part.name) needs --customer")
                }
            case .choice(let name, let words):
                guard given == nil || words.contains(given!) else {
                    throw QueryError("--\(name) is \(given!); it can be \(words.joined(separator: ", "))")
                }
                options[name] = given ?? words[0]
            case .text(let name, let required):
                guard !required || given != nil else { throw QueryError("\(P.name)/\(part.name) needs --\(name)") }
                options[name] = given
            }
        }
        return Query(
            customer: try question.customer.map { try customer(named: $0) },
            reference: question.asOf ?? view.fold.clock,
            options: options)
    }

    /// The customer of an alias; a bare value is looked up under every kind.
    public func customer(named text: String) throws -> CustomerNumber {
        log.identity(at: log.head).customer(of: try strand(named: text))
    }

    /// The strand that an alias has now; a bare value is looked up under every kind.
    ///
    /// - Throws: ``QueryError`` where there is none, or a bare value has several kinds.
    public func strand(named text: String) throws -> StrandNumber {
        var strands: [StrandNumber] = []
        if let colon = text.firstIndex(of: ":") {
            let alias = Alias(kind: String(text[..<colon]), value: String(text[text.index(after: colon)...]))
            if let strand = try log.strand(of: alias) { strands = [strand] }
        }
        if strands.isEmpty { strands = try log.strands(withValue: text) }
        guard let strand = strands.first else { throw QueryError("there is no customer \(text)") }
        if strands.count > 1 {
            let names = try strands.compactMap { try log.alias(of: $0)?.description }
            throw QueryError("\(text) is \(names.joined(separator: " and ")): say which")
        }
        return strand
    }
}

extension Projector {
    static func part(named name: String?) throws(QueryError) -> Part<Self> {
        guard let name else { return parts[0] }
        guard let part = allParts.first(where: { $0.name == name }) else {
            throw QueryError(
                "\(Self.name) has no part \(name); it has \(allParts.map(\.name).joined(separator: ", "))")
        }
        return part
    }
}
