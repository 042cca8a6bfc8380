import Digests
import Touchpoints

/// What the blocks of the log say up to a position, beside the events themselves.
///
/// A function of the blocks alone: the writer takes each block over after its commit, readers as they find them.
struct LogState: Sendable {
    /// The last position that was taken over.
    private(set) var head = Position.start
    /// The recorded time of `head`; the epoch for an empty log.
    private(set) var clock = Timestamp.epoch
    /// The digest of the last block, zeros for an empty log.
    private(set) var digest = Digest256.zero
    /// Strands 1...strandCount exist.
    private(set) var strandCount: UInt32 = 0
    private(set) var dictionaries = Dictionaries()
    private(set) var activations: [Activation] = []
    /// Ascending by position.
    private(set) var decisions: [Decision] = []
    private(set) var tail = Tail(after: .start)
    /// Tails that are being written into runs, the oldest first.
    private(set) var frozen: [Tail] = []
    /// The strands of aliases that no tail speaks of any more or that were looked up.
    private var found: FoundStrands

    /// An empty log, which will remember so many aliases that were looked up.
    init(remembering limit: Int) { found = FoundStrands(limit: limit) }

    /// What a manifest says, and the decisions up to it; `found` are the strands that aliases have in this log.
    init(_ manifest: Manifest, _ decisions: [Decision], found: FoundStrands) {
        head = manifest.position
        clock = manifest.clock
        digest = manifest.digest
        strandCount = manifest.strandCount
        dictionaries = manifest.dictionaries
        activations = manifest.activations
        self.decisions = decisions
        tail = Tail(after: manifest.position)
        self.found = found
    }

    /// What a manifest must say of this state, but for the runs.
    var manifest: Manifest {
        Manifest(
            position: head, digest: digest, clock: clock, strandCount: strandCount, activations: activations,
            dictionaries: dictionaries)
    }

    /// Steps of a strand in the tails; see ``Tail/forEachStep(of:behind:through:limit:_:)``.
    mutating func forEachStep(
        of strand: StrandNumber, behind key: FoldKey, through last: Position, limit: Int, _ body: (FoldKey) -> Void
    ) {
        tail.forEachStep(of: strand, behind: key, through: last, limit: limit, body)
        for index in frozen.indices {
            frozen[index].forEachStep(of: strand, behind: key, through: last, limit: limit, body)
        }
    }

    /// The position behind which all events are in the tails.
    var tailStart: Position { frozen.isEmpty ? tail.after : frozen[0].after }

    /// Steps of a strand behind a position, which must not lie before ``tailStart``; in no particular order. O(answer).
    func forEachStep(of strand: StrandNumber, behind position: Position, _ body: (FoldKey) -> Void) {
        tail.forEachStep(of: strand, behind: position, body)
        for index in frozen.indices { frozen[index].forEachStep(of: strand, behind: position, body) }
    }

    /// The tails, the newest first.
    var tails: [Tail] { [tail] + frozen.reversed() }

    /// Sets the tail aside to be written into runs, and begins a new one.
    mutating func freezeTail() {
        guard tail.count > 0 else { return }
        frozen.append(tail)
        tail = Tail(behind: tail)
    }

    /// Forgets the tails that runs speak of, but for the strands of some of their aliases.
    mutating func dropFrozen(through position: Position) {
        for tail in frozen where tail.end <= position { found.put(of: tail) }
        frozen.removeAll { $0.end <= position }
    }

    /// Whether nothing but activations was recorded so far: only then are activations recorded at the epoch.
    var holdsActivationsOnly: Bool { UInt64(activations.count) == head.rawValue }

    /// Takes over the block behind `head`, whose events were checked. O(events); throws `damaged` when it does not follow.
    mutating func absorb(
        _ block: borrowing BlockView, _ personal: borrowing PersonalView, hashedBy hasher: AliasHasher
    ) throws(LogError) {
        try takeNames(of: block)
        for index in 0..<block.newStrandCount {
            strandCount += 1
            let value = personal.aliasValue(index)
            guard !value.isEmpty else { continue }  // erased: the same alias later is a new strand
            let kind = dictionaries.name(of: block.kindOfNewStrand(index))
            add(StrandNumber(rawValue: strandCount), hasher.hash(kind: kind.utf8.span.bytes, value: value))
        }
        takeEvents(of: block)
    }

    /// Takes over the block behind `head` as the writer has made it, with the hashes of its new aliases.
    mutating func absorb(_ block: borrowing BlockView, newAliases: [Hash128]) throws(LogError) {
        try takeNames(of: block)
        for hash in newAliases {
            strandCount += 1
            add(StrandNumber(rawValue: strandCount), hash)
        }
        takeEvents(of: block)
    }

    private mutating func takeNames(of block: borrowing BlockView) throws(LogError) {
        guard block.first == head.next else {
            throw .damaged(head.next, "the next block begins at \(block.first)")
        }
        guard block.previousDigest == digest else { throw .damaged(block.first, "the chain of digests is broken") }
        guard block.strandsBefore == strandCount else {
            throw .damaged(block.first, "the numbers of the strands do not follow")
        }
        for addition in try block.nameAdditions() where !dictionaries.add(addition) {
            throw .damaged(block.first, "the numbers of the names do not follow")
        }
    }

    private mutating func takeEvents(of block: borrowing BlockView) {
        tail.add(block)
        for index in 0..<block.count {
            let event = block.event(index)
            if let decision = Decision(event) {
                decisions.append(decision)
                tail.add(decision)
            }
            if event.type == .policyActivated || event.type == .schemaActivated {
                activations.append(Activation(position: event.position, type: event.type))
            }
        }
        head = block.last
        clock = block.clock
        digest = block.digest
    }

    private mutating func add(_ strand: StrandNumber, _ hash: Hash128) { tail.add(strand, alias: hash) }
}

/// Aliases.
extension LogState {
    /// The strand of an alias that is new in a tail or was looked up before. O(1).
    func strand(of alias: Hash128) -> UInt64? {
        // What has moved in a tail may have been found before: the newest first.
        if let strand = tail.strands[alias] { return strand }
        for tail in frozen.reversed() { if let strand = tail.strands[alias] { return strand } }
        return found[alias]
    }

    /// The same of many, whose strand is 0 as yet.
    func lookUp(_ aliases: [Hash128], into strands: inout [UInt64]) {
        for tail in tails { tail.strands.lookUp(aliases, into: &strands) }
        found.lookUp(aliases, into: &strands)
    }

    /// Remembers the strand of an alias that was found in a run.
    mutating func remember(_ strand: StrandNumber, of alias: Hash128) { found.put(alias, strand) }

    /// What a state that holds none of these tails may know of aliases.
    func foundWithTails() -> FoundStrands {
        var found = found
        for tail in frozen { found.put(of: tail) }
        found.put(of: tail)
        return found
    }

    /// What a state of a log that went on elsewhere may know: nothing.
    func foundNothing() -> FoundStrands { found.emptied }
}

extension FoundStrands {
    /// Takes over the new strands of a tail. O(their number).
    fileprivate mutating func put(of tail: Tail) {
        for (alias, strand) in tail.aliases { put(alias, strand) }
    }
}
