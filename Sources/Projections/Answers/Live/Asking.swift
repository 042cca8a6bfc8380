import EventLog
import Touchpoints

/// One view of the answers, without its type.
///
/// Closures, and no protocol: what they call is then compiled for the projector's own types (see ``ViewEngine``).
public final class ViewAsking {
    let name: String
    let answer: (Question, ([Column]) throws -> Void, (Row) throws -> Void) throws -> Answer
    let isNewest: () -> Bool
    let refresh: () throws -> Void
    let forget: () -> Void
    let generation: () -> Int?
    /// The ``Asking`` of the view.
    let view: AnyObject

    init<P: Projector>(_ view: Asking<P>) {
        name = P.name
        answer = { try view.answer($0, $1, $2) }
        isNewest = { view.isNewest }
        refresh = { try view.refresh() }
        forget = { view.forget() }
        generation = { view.generation }
        self.view = view
    }
}

/// One view as it is asked: what of its live generation is open, and how a question is answered from that.
final class Asking<P: Projector> {
    private unowned let answers: ViewAnswers
    private let parts = P.allParts
    /// Open since a question about one customer.
    private var customers: LiveCustomers<P>?
    /// Open since a question that takes the whole view.
    private var whole: (generation: Generation<P>, mark: LiveMark?)?

    init(_ answers: ViewAnswers) { self.answers = answers }

    /// Whether the files that are open are still those to answer from. O(1), without a system call.
    var isNewest: Bool {
        if answers.isFresh { return true }
        if let customers, customers.files?.isNewest != true { return false }
        guard let whole else { return true }
        return whole.mark?.isLive == true && whole.generation.store?.isNewest == true
    }

    /// The number of the generation that is open; nil where none is.
    var generation: Int? { customers?.files?.mark.generation ?? whole?.mark?.generation }

    /// Lets go of files that are no longer the newest: else these could not use the room again that has become free.
    func refresh() throws {
        guard !isNewest else { return }
        whole = nil
        guard let known = customers else { return }
        customers = nil
        if let files = try openFiles(), known.goOn(with: files, policyCount: answers.history.policies.count) {
            customers = known
        }
    }

    /// Lets go of everything.
    func forget() { (customers, whole) = (nil, nil) }
}

/// Opening.
extension Asking {
    /// Single customers, where the answers stand.
    private func openCustomers() throws -> LiveCustomers<P> {
        if let customers {
            try customers.follow()
            return customers
        }
        if answers.isAtOnce { throw NotAtOnce() }
        let files = try openFiles()
        let head = answers.log.head
        let opened = try LiveCustomers(
            files, log: answers.log,
            policies: files.map { answers.policies(of: P.self)($0.about) } ?? answers.policies(of: P.self, at: head),
            policyCount: answers.history.policies.count, traps: files?.about.traps ?? answers.traps(of: P.self))
        customers = opened
        return opened
    }

    /// Nil where there is no generation to answer from.
    private func openFiles() throws -> LiveFiles<P>? {
        guard !answers.isFresh, let files = try LiveFiles<P>(of: answers.folder(of: P.self)),
            !answers.policies(of: P.self)(files.about).isEmpty
        else { return nil }
        guard files.about.checkpoint > answers.log.committedHead else { return files }
        // The view has gone on behind the log that events are supposed in; or it was written back after the log was opened.
        if answers.log.isSupposing { return nil }
        try answers.goOn()
        return files
    }

    /// The whole view, where the answers stand: folded on in memory from where it was at the last question, or from its
    /// checkpoint.
    func openWhole() throws -> Generation<P> {
        if answers.isAtOnce { throw NotAtOnce() }
        if let (generation, mark) = whole {
            // What fails half-way is not gone on with.
            whole = nil
            // One without files was folded for the position that the answers stood at then, and for no other.
            if generation.store != nil || generation.fold.checkpoint == answers.log.head {
                if generation.version == P.version { try generation.fold.fold(through: answers.log.head) }
                whole = (generation, mark)
                return generation
            }
        }
        // Before what it speaks of, so that a switch between the two is seen.
        let mark = LiveMark(answers.folder(of: P.self))
        let generation = try answers.openLive(P.self)
        whole = (generation, mark)
        return generation
    }
}

/// Answering.
extension Asking {
    func answer(
        _ question: Question, _ columns: ([Column]) throws -> Void, _ emit: (Row) throws -> Void
    ) throws -> Answer {
        if answers.isAtOnce, !question.isAboutNow { throw NotAtOnce() }
        if question.part == Corrections.name {
            let filter = try answers.filter(question.conditions, Corrections.columns)
            try columns(Corrections.columns)
            return try answers.corrections(P.self, question, filter, emit)
        }
        let part = try part(named: question.part)
        if let since = question.changesSince {
            let filter = try answers.filter(question.conditions, [Changes.column] + part.columns)
            let options = try answers.options(question, part)
            try columns([Changes.column] + part.columns)
            return try answers.changes(
                part, since, question, options, ChangeFilter(question.conditions, part, in: filter.zone), emit)
        }
        let filter = try question.conditions.isEmpty ? nil : answers.filter(question.conditions, part.columns)
        let options = try answers.options(question, part)
        let (view, customer) = try view(part, question)
        try columns(part.columns)
        try answers.untilEnough {
            try PartRows(part, view, options, customer: customer).forEach { row in
                if filter?.accepts(row) ?? true { try emit(row) }
            }
        }
        return Answer(view)
    }

    private func part(named name: String?) throws(QueryError) -> Part<P> {
        guard let name else { return parts[0] }
        for part in parts where part.name == name { return part }
        return try P.part(named: name)
    }

    /// What a part is answered from, and the customer that the question names.
    private func view(_ part: Part<P>, _ question: Question) throws -> (OpenView<P>, CustomerNumber?) {
        let view: OpenView<P>
        if let standpoint = try answers.standpoint(of: question) {
            view = try answers.view(P.self, question, part, at: standpoint)
        } else if part.reach == .customer, let name = question.customer {
            let customers = try openCustomers()
            let customer = try customers.fold.identity.customer(
                of: answers.strand(named: name, at: customers.fold.checkpoint))
            let alone = (customer, try customers.slot(of: customer, atOnce: answers.isAtOnce))
            return (OpenView(fold: customers.fold, isStale: customers.isStale, alone: alone), customer)
        } else {
            let generation = try openWhole()
            view = OpenView(fold: generation.fold, isStale: generation.version != P.version)
        }
        let customer = try question.customer.map {
            view.fold.identity.customer(of: try answers.strand(named: $0, at: view.fold.checkpoint))
        }
        return (view, customer)
    }
}
