import EventLog
import Policies
import Touchpoints

/// A view as it is answered from.
final class OpenView<P: Projector> {
    let fold: ViewFold<P>
    /// Another version of the view made it.
    let isStale: Bool
    /// The one customer of whom it knows the state; nil: the view is whole.
    let alone: (customer: CustomerNumber, slot: Slot<P.State>)?
    /// The policy that says how customers are called; nil: the one that the answer is given under.
    var naming: IdentityPolicy?

    init(fold: ViewFold<P>, isStale: Bool = false, alone: (customer: CustomerNumber, slot: Slot<P.State>)? = nil) {
        self.fold = fold
        self.isStale = isStale
        self.alone = alone
    }

    /// The state of the one customer, if the view shows it.
    var aloneState: P.State? {
        guard let alone, alone.slot.isPresent, !alone.slot.isSetAside else { return nil }
        return alone.slot.state
    }
}

/// Opening views at a standpoint.
extension ViewAnswers {
    /// The view that a question about a part is answered from at a standpoint: for a part that needs no more, that customer
    /// alone.
    func view<P: Projector>(
        _ projector: P.Type, _ question: Question, _ part: Part<P>, at standpoint: Standpoint
    ) throws -> OpenView<P> {
        // Its rows are those of the generation that fired them, which no replay does.
        if part.name == Part<P>.outbox.name { throw QueryError("the outbox is not answered for the past") }
        if let name = question.customer, part.reach == .customer {
            let customer = try customer(named: name, at: standpoint.position)
            return try oneCustomer(projector, customer, at: standpoint)
        }
        return try wholeView(projector, at: standpoint)
    }

    /// The whole view at a standpoint: the live one where it can be folded on to there, else a replay.
    func wholeView<P: Projector>(_ projector: P.Type, at standpoint: Standpoint) throws -> OpenView<P> {
        if standpoint.time == nil, let live = try live(projector, at: standpoint.position) {
            return OpenView(fold: live.fold)
        }
        return OpenView(fold: try replay(projector, at: standpoint))
    }

    /// The live generation, folded in memory from its checkpoint to the head; the whole log, folded in memory, where
    /// there is none that can be read.
    func openLive<P: Projector>(_: P.Type) throws -> Generation<P> {
        guard !history.policies.isEmpty else { throw QueryError("the log is empty") }
        let live = try readLive(P.self, under: policies(of: P.self)) { generation in
            // The view has gone on behind the log that events are supposed in.
            if log.isSupposing, generation.fold.checkpoint > log.committedHead { return nil }
            guard generation.version == P.version else { return generation }
            if generation.fold.checkpoint > log.head {
                // The view was written back after this reader had opened the log.
                try goOn()
                generation.fold.schedule.extend(by: history.policies)
            }
            try generation.fold.fold(through: log.head)
            return generation
        }
        return try live ?? folded(P.self, at: Standpoint(position: log.head))
    }

    /// The live generation folded on to a position; nil where it has gone further, or does not fold under the rules
    /// that were in force there. It is read into memory whole.
    func live<P: Projector>(_: P.Type, at position: Position) throws -> Generation<P>? {
        guard let active = activePolicy(at: position) else { return nil }
        let policies = policies(of: P.self, at: position)
        return try readLive(P.self, under: { _ in policies }) { generation in
            guard generation.version == P.version, generation.fold.checkpoint <= min(position, log.committedHead),
                P.order == .recorded || generation.policyText == active.text(readBy: P.self)
            else { return nil }
            try generation.fold.fold(through: position)
            // A process can have its files open only once, and may need them again beside this one.
            try generation.loadAll()
            generation.close()
            return generation
        }
    }

    /// Opens the live generation, and hands it to `body`; nil where there is none that can be read.
    private func readLive<P: Projector>(
        _: P.Type, under policies: (GenerationAbout) -> [ActivePolicy],
        _ body: (Generation<P>) throws -> Generation<P>?
    ) throws -> Generation<P>? {
        let folder = folder(of: P.self)
        guard !isFresh, scenario == nil, let number = folder.current(),
            let about = try GenerationAbout.peek(folder.path(of: number)),
            about.canBeAnsweredFrom(by: P.self),
            case let policies = policies(about), !policies.isEmpty
        else { return nil }
        return try ViewDamage.orNil {
            try body(
                Generation<P>(
                    readingAt: folder.path(of: number), number: number, log: log, policies: policies, tuning: tuning))
        }
    }

    /// The policies that a generation is answered under at the head: in recorded order all; in occurred order the newest
    /// in which it reads what it was folded by, since answers also read what no fold does.
    func policies<P: Projector>(of _: P.Type) -> (GenerationAbout) -> [ActivePolicy] {
        { [history] about in
            guard P.order == .occurred else { return history.policies }
            let same = history.policies.last {
                $0.position >= about.policyPosition && $0.text(readBy: P.self) == about.policyText
            }
            return (same ?? history.policies.first { $0.position == about.policyPosition }).map { [$0] } ?? []
        }
    }

    /// Folds the log in memory up to a standpoint.
    func folded<P: Projector>(_: P.Type, at standpoint: Standpoint) throws -> Generation<P> {
        let generation = try Generation<P>(
            readingAt: nil, number: 0, log: log, policies: policies(of: P.self, at: standpoint.position),
            standpoint: standpoint, tuning: tuning)
        generation.fold.traps = try traps(of: P.self)
        generation.fold.progress = { [replaying] in replaying(P.name, $0, standpoint.position) }
        defer { generation.fold.progress = nil }
        while try generation.foldBatch(through: standpoint.position) {
            replaying(P.name, generation.fold.checkpoint, standpoint.position)
        }
        return generation
    }

    /// The policies that a fold of the log up to a position knows; in occurred order the one in force there (rule 14).
    func policies<P: Projector>(of _: P.Type, at position: Position) -> [ActivePolicy] {
        let known = history.policies.filter { $0.position <= position }
        return P.order == .recorded ? known : known.suffix(1)
    }

    /// Where a view lies.
    func folder<P: Projector>(of _: P.Type) -> ViewFolder { ViewFolder(path: folder.viewsPath + "/" + P.name) }

    /// The steps that are known to end a process.
    func traps<P: Projector>(of _: P.Type) throws -> TrapList {
        let folder = folder(of: P.self)
        return try folder.current().flatMap { try GenerationAbout.peek(folder.path(of: $0)) }?.traps ?? TrapList()
    }
}
