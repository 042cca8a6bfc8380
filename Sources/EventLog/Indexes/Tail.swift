import Touchpoints

/// The derived indexes of the last blocks of the log, in memory: what no sorted run speaks of yet.
struct Tail: Sendable {
    /// An event in the history of its strand.
    struct Step: Sendable {
        var strand: StrandNumber
        var key: FoldKey
        /// The index, plus one, of the step of the same strand before this one; 0: none in the tail.
        var previous: UInt32
    }

    /// The tail holds the events behind this position.
    let after: Position
    /// How many events will be in the tail, as far as can be known.
    private var expectedCount = 0
    private(set) var identities = HashTable()
    /// In the order of the log.
    private(set) var steps: [Step] = []
    /// The strands that are new in the tail, with the hashes of their aliases.
    private(set) var aliases: [(hash: Hash128, strand: StrandNumber)] = []
    /// The newest of the new strands of each alias.
    private(set) var strands = HashTable()
    /// In the order of the log.
    private(set) var decisions: [Decision] = []
    /// The index, plus one, of the last step of each strand.
    private var lastSteps = LastSteps()
    /// The sorted steps of long strands that were asked for, and the number of the last one in there.
    private var histories: [StrandNumber: (keys: SortedKeys, last: UInt32)] = [:]

    /// So many steps are looked through one by one.
    private static let shortCount = 16

    init(after: Position) { self.after = after }

    /// An empty tail behind another one, which will hold as much.
    init(behind other: Tail) {
        after = other.end
        expectedCount = other.steps.count
    }

    /// How many entries the indexes hold together; what a run is written by.
    var count: Int { steps.count + aliases.count }

    /// The last position in the tail.
    var end: Position { Position(after.rawValue + UInt64(steps.count)) }

    /// Adds the events of the next block, whose events were checked.
    mutating func add(_ block: borrowing BlockView) {
        if steps.isEmpty { steps.reserveCapacity(expectedCount) }
        identities.reserve(steps.isEmpty ? max(expectedCount, block.count) : block.count)
        for index in 0..<block.count {
            let event = block.event(index)
            identities.insert(block.identity(index), event.position.rawValue)
            let previous = lastSteps.exchange(event.strand, with: UInt32(steps.count + 1))
            steps.append(Step(strand: event.strand, key: event.foldKey, previous: previous))
        }
    }

    mutating func add(_ decision: Decision) { decisions.append(decision) }

    mutating func add(_ strand: StrandNumber, alias hash: Hash128) {
        aliases.append((hash, strand))
        strands.put(hash, UInt64(strand.rawValue))
    }

    /// Steps of a strand behind a key and up to a position: all, or at least the first `limit`; in no particular order.
    ///
    /// O(log² n + answer), beside what lies behind the position; what was not asked for before is sorted once, O(log n) for
    /// each step.
    mutating func forEachStep(
        of strand: StrandNumber, behind key: FoldKey, through last: Position, limit: Int, _ body: (FoldKey) -> Void
    ) {
        let known = histories[strand]?.last ?? 0
        var number = lastSteps[strand]
        let newest = number
        var recent: [FoldKey] = []
        while number > known {
            let step = steps[Int(number) - 1]
            recent.append(step.key)
            number = step.previous
        }
        if recent.count > Self.shortCount {
            recent.reverse()
            histories[strand, default: (SortedKeys(), 0)].keys.add(recent)
            histories[strand]?.last = newest
            recent = []
        }
        for step in recent where step > key && step.position <= last { body(step) }
        histories[strand]?.keys.forEach(behind: key, through: last, limit: limit, body)
    }

    /// The steps of a strand behind a position, the last one first. O(answer).
    func forEachStep(of strand: StrandNumber, behind position: Position, _ body: (FoldKey) -> Void) {
        var number = lastSteps[strand]
        while number > 0, case let step = steps[Int(number) - 1], step.key.position > position {
            body(step.key)
            number = step.previous
        }
    }

    /// All records of one index, in no particular order.
    func forEachRecord(of kind: IndexKind, _ body: (IndexRecord) -> Void) {
        switch kind {
        case .identities: identities.forEach { body(IndexRecord($0, value: $1)) }
        case .aliases: for (hash, strand) in aliases { body(IndexRecord(hash, value: UInt64(strand.rawValue))) }
        case .decisions: for decision in decisions { decision.forEachRecord(body) }
        case .histories: for step in steps { body(IndexRecord(step.strand, step.key)) }
        }
    }

    /// The position of the last event of a strand in the tail.
    func lastPosition(of strand: StrandNumber) -> Position? {
        let last = lastSteps[strand]
        return last == 0 ? nil : steps[Int(last) - 1].key.position
    }
}
