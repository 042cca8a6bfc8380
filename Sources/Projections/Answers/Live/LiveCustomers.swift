import EventLog
import Touchpoints

/// Single customers of a live generation as it lies on disk, each folded on to the end of the log when it is asked for.
///
/// So an answer about one customer costs that customer alone, however far the files are behind.
final class LiveCustomers<P: Projector> {
    /// What an answer needs beside the customer's state: it stands where the answers stand, and holds no states.
    let fold: ViewFold<P>
    private(set) var files: LiveFiles<P>?
    /// The customers that decisions behind the files' checkpoint are about, with a position behind the decision.
    private var decided: [CustomerNumber: Position] = [:]
    /// The files were written by another version of the view: they are answered from as they are.
    var isStale: Bool { files?.isStale ?? false }

    /// How many policies the log held.
    private let policyCount: Int

    /// - Parameters:
    ///   - files: nil where there is no generation that can be read: each customer is folded from the start.
    ///   - policies: those that the answers are given under, of as many as the log holds.
    init(
        _ files: LiveFiles<P>?, log: LogReader, policies: [ActivePolicy], policyCount: Int, traps: TrapList
    ) throws {
        self.files = files
        self.policyCount = policyCount
        var about =
            files?.about
            ?? GenerationAbout(
                version: P.version, policyPosition: policies[policies.count - 1].position, policyText: "")
        about.traps = traps
        about.remaining = .nothing
        fold = try ViewFold(log: log, schedule: PolicySchedule(policies), store: nil, about: about, marker: nil)
        try follow()
    }

    /// Takes newer files of the same generation; false for others, and where there are more policies by now. O(decisions
    /// since the last files).
    func goOn(with newFiles: LiveFiles<P>, policyCount: Int) -> Bool {
        guard let files, !isStale, files.mark.generation == newFiles.mark.generation,
            files.about.version == newFiles.about.version, files.about.traps == newFiles.about.traps,
            policyCount == self.policyCount
        else { return false }
        self.files = newFiles
        decided = decided.filter { $0.value > newFiles.about.checkpoint }
        return true
    }

    /// Goes on to the end of the log. O(decisions since).
    func follow() throws {
        let log = fold.log
        guard !isStale, fold.checkpoint < log.head else { return }
        let concerned = try fold.stand(at: log.head, clock: log.clock)
        if files != nil { for customer in concerned { decided[customer] = log.head } }
    }
}

extension LiveCustomers {
    /// A customer as it is where the answers stand. O(slot), and O(events of the customer since the files' checkpoint); all its
    /// events where they must be folded again.
    ///
    /// - Parameter atOnce: throws ``NotAtOnce`` where they must.
    func slot(of customer: CustomerNumber, atOnce: Bool = false) throws -> Slot<P.State> {
        if let files, let slot = try ViewDamage.orNil({ try foldedOn(files, customer) }) { return slot }
        if atOnce { throw NotAtOnce() }
        return try fold.folded(customer).slot
    }

    /// The slot of the files with what has happened since; nil where that cannot be gone on from.
    private func foldedOn(_ files: LiveFiles<P>, _ customer: CustomerNumber) throws -> Slot<P.State>? {
        if isStale { return try files.store.loadSlot(of: customer, P.State.self) }
        guard decided.isEmpty || decided[customer] == nil, P.order == .occurred || files.isBookedOn(by: fold.schedule),
            let keys = keys(of: customer, behind: files.about.checkpoint)
        else { return nil }
        var slot = try files.store.loadSlot(of: customer, P.State.self)
        if keys.isEmpty {
            guard slot.isPresent else { return slot }
            if !slot.isSetAside, slot.isQuiet || !isDue(slot.state) { return slot }
        }
        guard !slot.isSetAside, try take(keys, &slot, customer) else { return nil }
        return slot
    }

    /// Whether a wake-up of a customer in that state has still to fire.
    private func isDue(_ state: P.State) -> Bool {
        guard let due = fold.stepper.projector.nextWake(state) else { return false }
        return due <= fold.clock
    }

    /// The customer's events that the files do not hold, in the view's order; nil where that is not known.
    private func keys(of customer: CustomerNumber, behind checkpoint: Position) -> [FoldKey]? {
        let first = StrandNumber(rawValue: customer.rawValue)
        if fold.identity.isAlone(first) {
            guard let keys = fold.log.recentHistory(of: first, behind: checkpoint) else { return nil }
            return keys.count < 2 ? keys : keys.inFoldOrder
        }
        var all: [FoldKey] = []
        for strand in fold.identity.strands(of: customer) {
            guard let keys = fold.log.recentHistory(of: strand, behind: checkpoint) else { return nil }
            all += keys
        }
        return all.inFoldOrder
    }

    /// Takes the steps of events that lie behind all others, and the wake-ups due by the clock; false where one of them does
    /// not, or a step fails.
    private func take(_ keys: [FoldKey], _ slot: inout Slot<P.State>, _ customer: CustomerNumber) throws -> Bool {
        var sink = Sink()
        sink.keepsEffects = false
        let (log, stepper) = (fold.log, fold.stepper)
        func wake(by time: Timestamp) throws {
            while !slot.isQuiet, let due = stepper.projector.nextWake(slot.state), due <= time {
                try stepper.wake(&slot.state, due: due, of: customer, &sink)
                sink.discard()
                slot.lastDue = max(slot.lastDue, due)
            }
        }
        for stored in P.order == .occurred ? keys : keys.sorted(by: { $0.position < $1.position }) {
            let event = try log.event(at: stored.position)
            guard event.isFolded else { continue }
            let key = stepper.key(of: event)
            guard slot.key < key, slot.lastDue <= key.time else { return false }
            do {
                if slot.isPresent { try wake(by: key.time) }
                try stepper.fold(&slot.state, event, at: key.time, &sink)
            } catch {
                return false
            }
            sink.discard()
            (slot.key, slot.lastDue, slot.isQuiet) = (key, .distantPast, false)
        }
        guard slot.isPresent else { return true }
        do { try wake(by: fold.clock) } catch { return false }
        return true
    }
}
