import EventLog
import Touchpoints

/// A fold again of one customer whose list of events has changed: what the old list has emitted is taken back, and
/// what the new one emits is added, as far as they differ.
///
/// Both lists are walked together. Up to the first entry in which they differ they share one state, known from the
/// snapshot before it; from there on each has its own, until both are equal again at an event that is in both. Then
/// the next difference is gone to. So a fold that forgets costs, for each difference, about a spacing of snapshots at
/// any distance; one that carries counters costs the way from the first difference to the end.
struct FoldAgain<P: Projector>: ~Copyable {
    private let fold: ViewFold<P>
    private let customer: CustomerNumber
    private let old: Slot<P.State>
    /// The slot's state can be gone on from.
    private let isSlotWhole: Bool
    private let run: CustomerRun<P>
    private var history: History
    /// Steps are taken with a copy, since one has failed.
    private var keepsCopies = false
    private var walk = Walk()
    private var taken: [SnapshotTable.Entry] = []
    private var added = Sink()
    private var takenBack = Sink()

    /// Steps that failed in the new list, less those in the old one.
    private(set) var failureChange = 0
    /// The first failure in the new list behind the first difference.
    private(set) var failure: (position: Position, reason: String)?
    /// Whether a step failed in either list behind the first difference.
    private(set) var hasFailures = false
    /// Before this event nothing was folded again.
    private(set) var begin: FoldKey?

    /// What is gone back to when a piece is walked again.
    private struct Walk {
        /// The new list's state.
        var here = CustomerRun<P>.Point()
        /// The old list's, where it differs.
        var there: CustomerRun<P>.Point?
        /// The last entry that was passed.
        var passed = FoldKey.start
        /// What was walked since this key is not settled yet.
        var settled = FoldKey.start
        var sinceSnapshot: UInt32 = 0
        var ordinal: UInt32 = 0
        /// The next snapshot of the old list.
        var nextSnapshot: FoldKey?
        /// How often the two states were compared since they parted, and how many more steps they are not.
        private var comparisons = 0
        private var rest = 0

        mutating func part() {
            here.forgetFailures()
            there = here
            (comparisons, rest) = (0, 0)
        }

        /// The longer the states have been different, the seldomer they are compared: of n steps, about four times the
        /// root of n are followed by a comparison.
        mutating func isComparisonDue() -> Bool {
            guard rest == 0 else {
                rest -= 1
                return false
            }
            comparisons += 1
            rest = comparisons / 8
            return true
        }
    }

    private enum Progress { case more, same, atEnd }

    init(_ fold: ViewFold<P>, _ customer: CustomerNumber, _ old: Slot<P.State>, isBroken: Bool, _ history: History) {
        self.fold = fold
        self.customer = customer
        self.old = old
        self.history = history
        // Whether its last event had failed while wake-ups were silent cannot be told from a slot.
        isSlotWhole = !isBroken && old.isPresent && !old.isSetAside
        run = CustomerRun(fold, customer)
        takenBack.keepsEffects = false
    }

    /// Walks both lists; the customer's slot as the new list leaves it, before later wake-ups, or nil where it stays as it is.
    mutating func folded() throws -> Slot<P.State>? {
        walk.nextSnapshot = try fold.snapshots.firstKey(of: customer, behind: .start)
        while let difference = try history.difference(behind: walk.passed) {
            try jump(before: difference)
            if begin == nil { begin = walk.here.key }
            var progress = Progress.more
            while progress == .more { progress = try piece(upTo: difference) }
            guard progress == .atEnd else { continue }
            if walk.there != nil { return try end() }
            break
        }
        try settle(through: walk.here.key)
        return nil
    }
}

/// Walking.
extension FoldAgain {
    /// Goes to the last known state before a difference, where that is not behind us.
    private mutating func jump(before difference: FoldKey) throws {
        if isSlotWhole, old.key < difference {
            guard old.key > walk.passed else { return }
            try land(old.key, old.stateAtKey, isQuiet: false)
            walk.sinceSnapshot = old.sinceSnapshot
            walk.ordinal = old.snapshotOrdinal
        } else if let snapshot = try fold.snapshots.last(of: customer, before: difference),
            snapshot.key > walk.passed
        {
            let kept = try snapshot.decode(P.State.self)
            try land(snapshot.key, kept.state, isQuiet: kept.isQuiet)
            walk.sinceSnapshot = 0
            walk.ordinal = snapshot.ordinal
        }
    }

    private mutating func land(_ key: FoldKey, _ state: P.State, isQuiet: Bool) throws {
        try settle(through: walk.here.key)
        walk.here = .init(key: key, state: state, isQuiet: isQuiet)
        (walk.passed, walk.settled) = (key, key)
        walk.nextSnapshot = try fold.snapshots.firstKey(of: customer, behind: key)
        history.seek(behind: key)
    }

    /// Walks a piece, and once more with copies where a step in it is the first that fails.
    private mutating func piece(upTo difference: FoldKey) throws -> Progress {
        history.mark()
        let (before, count) = (walk, taken.count)
        do {
            let progress = try steps(upTo: difference)
            apply()
            // Else a long fold again of long states would hold one for every spacing.
            if !P.forgets, taken.count > 64 { taken = SnapshotTable.thinned(taken) }
            return progress
        } catch is CustomerRun<P>.HalfChanged {
            keepsCopies = true
            history.rewind()
            walk = before
            taken.removeSubrange(count...)
            added.discard()
            takenBack.discard()
            return .more
        }
    }

    private mutating func steps(upTo difference: FoldKey) throws -> Progress {
        let log = fold.log
        for _ in 0..<CustomerRun<P>.pieceSize {
            guard let entry = try history.peek() else { return .atEnd }
            history.skip()
            walk.passed = entry.key
            let event = try log.event(at: entry.key.position)
            guard event.isFolded else { continue }
            if walk.there == nil, entry.isOld != entry.isNew {
                walk.part()
            }
            if entry.isOld, walk.there != nil {
                try run.step(&walk.there!, event, at: entry.key, keepsCopy: keepsCopies, &takenBack)
            }
            let isAtSnapshot = entry.key == walk.nextSnapshot
            if entry.isNew {
                try run.step(&walk.here, event, at: entry.key, keepsCopy: keepsCopies, &added)
                try takeSnapshotIfDue(at: entry.key, isAtSnapshot)
            }
            if let next = walk.nextSnapshot, next <= entry.key {
                walk.nextSnapshot = try fold.snapshots.firstKey(of: customer, behind: entry.key)
            }
            if let there = walk.there {
                // States that carry much of the past are long, and are seldom equal.
                guard entry.isOld && entry.isNew, P.forgets ? walk.isComparisonDue() : isAtSnapshot,
                    there.goesOn(like: walk.here)
                else { continue }
                count(there)
                walk.there = nil
                return .same
            }
            added.discard()  // both lists emit this
            if entry.key >= difference { return .same }
        }
        return .more
    }

    /// The state of the new list becomes the customer's.
    private mutating func end() throws -> Slot<P.State> {
        run.fireWakes(&walk.there!, by: old.lastDue, &takenBack)
        apply()
        count(walk.there!)
        try fold.snapshots.replace(of: customer, after: walk.settled, through: nil, by: taken)
        var slot = Slot<P.State>()
        slot.state = walk.here.state
        slot.key = walk.here.key
        slot.isQuiet = walk.here.isQuiet
        slot.sinceSnapshot = walk.sinceSnapshot
        slot.snapshotOrdinal = walk.ordinal
        return slot
    }

    private mutating func count(_ there: CustomerRun<P>.Point) {
        failureChange += walk.here.failureCount - there.failureCount
        if walk.here.failureCount + there.failureCount > 0 { hasFailures = true }
        if failure == nil { failure = walk.here.failure }
        walk.here.forgetFailures()
    }

    /// What the steps have emitted goes into the totals; a customer that is set aside adds nothing to them.
    private mutating func apply() {
        if old.isSetAside {
            takenBack.discard()
            added.discard()
        } else {
            fold.cells.apply(&takenBack, .takeBack)
            fold.cells.apply(&added, .add)
        }
    }
}

/// Snapshots.
extension FoldAgain {
    /// Takes a snapshot where there was one, and where it is far to the last one and not near to the next: however
    /// often a stretch is folded again, its snapshots do not heap up.
    private mutating func takeSnapshotIfDue(at key: FoldKey, _ isAtSnapshot: Bool) throws {
        walk.sinceSnapshot += 1
        let spacing = fold.tuning.snapshotSpacing
        guard isAtSnapshot || walk.sinceSnapshot >= SnapshotTable.spacing(spacing, behind: taken.last)
        else { return }
        if !isAtSnapshot, let next = walk.nextSnapshot {
            guard let ahead = try history.peek(Int(spacing / 2)), ahead.key < next else { return }
        }
        walk.sinceSnapshot = 0
        walk.ordinal += 1
        taken.append(.init(key: key, ordinal: walk.ordinal, isQuiet: walk.here.isQuiet, state: walk.here.state))
    }

    /// Both lists are alike up to here again: the snapshots taken stand for those that were there.
    private mutating func settle(through key: FoldKey) throws {
        if walk.settled < key {
            try fold.snapshots.replace(of: customer, after: walk.settled, through: key, by: taken)
        }
        taken = []
        walk.settled = key
    }
}
