import Digests
import Touchpoints

/// The events of one group commit on their way: what is decided here holds once the commit has succeeded, and is
/// forgotten otherwise.
struct Staging: ~Copyable {
    private(set) var blocks: [BlockBuilder.Packed] = []
    let hasher: AliasHasher
    let start: Position
    private(set) var head: Position
    private var clock: Timestamp
    private var digest: Digest256
    private var strandCount: UInt32
    private var dictionaries: Dictionaries
    private var holdsActivationsOnly: Bool
    /// The strands that are new, and those that were found in runs.
    private var aliases = HashTable()
    /// Committed strands that are worth remembering.
    private(set) var foundInRuns: [(alias: Hash128, strand: StrandNumber)] = []
    private(set) var staged = StagedEvents()
    /// The kinds of the strands that are new.
    private var newKinds: [KindNumber] = []
    var rules: IdentityRules
    /// Who is one customer, with what is staged.
    var judge: IdentityJudge { didSet { hasJudged = true } }
    /// Whether the judge has learnt anything of what is staged.
    private(set) var hasJudged = false
    private var builder: BlockBuilder
    private var sha256 = SHA256()
    private var random = SecureRandom()

    /// Goes on where the log ends.
    ///
    /// - Parameters:
    ///   - judge: it has seen the decisions up to there.
    ///   - expected: how many events are to come at most.
    init(
        behind state: borrowing LogState, hashedBy hasher: AliasHasher, judge: consuming IdentityJudge,
        expecting expected: Int = 0
    ) {
        self.judge = judge
        rules = IdentityRules(AppendOptions().identity, .utc)
        self.hasher = hasher
        start = state.head
        head = state.head
        clock = state.clock
        digest = state.digest
        strandCount = state.strandCount
        dictionaries = state.dictionaries
        holdsActivationsOnly = state.holdsActivationsOnly
        builder = BlockBuilder(
            first: state.head.next, strandsBefore: state.strandCount,
            expecting: min(expected, BlockLayout.usualMaxCount))
    }

    /// Packs the last block; nothing can be added any more.
    mutating func finish() {
        guard builder.count > 0 else { return }
        let packed = builder.packed(previousDigest: digest, sha256: &sha256)
        digest = packed.digest
        blocks.append(packed)
        builder = BlockBuilder(first: head.next, strandsBefore: strandCount, expecting: builder.count)
    }

    /// Decides about the drafts of a batch, in their order.
    ///
    /// - Parameter log: what was committed before; throws when that cannot be read.
    mutating func add(
        _ batch: borrowing DraftBatch, _ options: borrowing AppendOptions, now: Timestamp, log: borrowing CommittedLog
    ) throws(LogError) -> [Verdict] {
        if rules.policy != options.identity || rules.zone != options.zone {
            rules = IdentityRules(options.identity, options.zone)
        }
        let recalled = try log.recall(batch)
        foundInRuns += recalled.foundInRuns
        staged.reserve(batch.count)
        var verdicts: [Verdict] = []
        verdicts.reserveCapacity(batch.count)
        let drafts = batch.drafts.span
        for index in drafts.indices {
            verdicts.append(try add(drafts[index], index, of: batch, recalled, options, now: now, log: log))
        }
        return verdicts
    }

    /// Decides about one draft of a batch. O(1), but for an expected position: O(the customer's events), and for events
    /// that join or part customers: O(the customers' strands).
    private mutating func add(
        _ draft: Draft, _ index: Int, of batch: borrowing DraftBatch, _ recalled: borrowing Recalled,
        _ options: borrowing AppendOptions, now: Timestamp, log: borrowing CommittedLog
    ) throws(LogError) -> Verdict {
        if let known = try verdictIfKnown(draft, at: recalled.positions[index], log: log) { return known }
        do {
            let (recorded, isAssumed) = try times(draft, options, now: now)
            let subject = subject(of: draft, batch, recalled.aliases[index], recalled.strands[index])
            let plea = try plea(of: draft, batch, subject, log: log)
            if let expected = options.expected[index] {
                try check(expected, of: subject?.strand, recorded: recorded, isStrict: options.isStrict, log: log)
            }
            try checkSize(draft, plea, actor: options.actor)
            if builder.byteCount + BlockLayout.maxEventByteCount > BlockLayout.maxByteCount { finish() }
            var decided = BlockBuilder.Decided(
                occurred: draft.flags.contains(.timeSupplied) ? recorded : draft.occurred, recorded: recorded,
                strand: .none, type: try type(of: draft, batch),
                channel: ChannelNumber(rawValue: try intern(draft.channel, .channel, batch)),
                source: SourceNumber(rawValue: try intern(draft.source, .source, batch)),
                actor: ActorNumber(rawValue: try intern(options.actor.utf8.span.bytes, .actor)), flags: draft.flags)
            if options.backfill { decided.flags.insert(.backfill) }
            if isAssumed { decided.flags.insert(.recordedAssumed) }
            // From here on nothing is refused.
            try prepareStrands(subject, plea, batch)
            decided.strand = strand(of: subject, batch)
            if let subject, subject.isBlocked { decided.personal = personalPart(of: draft, naming: subject, batch) }
            try grant(plea, of: subject, &decided, draft, batch, log: log)
            builder.add(draft, decided, arena: batch.arena.span.bytes, sha256: &sha256, random: &random)
            stored(draft, decided)
            return .stored(head)
        } catch let refusal as Refusal {
            return .refused(refusal)
        } catch let outdated as Outdated {
            return .outdated(last: outdated.last)
        } catch let error as LogError {
            throw error
        } catch {
            preconditionFailure("no other error is thrown here: \(error)")
        }
    }

    private mutating func stored(_ draft: Draft, _ decided: BlockBuilder.Decided) {
        head = head.next
        clock = decided.recorded
        staged.append(
            StagedEvents.Event(
                identity: draft.identity, content: draft.content, recorded: decided.recorded, strand: decided.strand,
                isFolded: !draft.flags.contains(.recordOnly)))
        if decided.type != .policyActivated && decided.type != .schemaActivated { holdsActivationsOnly = false }
    }
}

/// What is known already.
extension Staging {
    /// - Parameter committed: the position of the event in the log; 0: not there.
    private func verdictIfKnown(
        _ draft: Draft, at committed: UInt64, log: borrowing CommittedLog
    ) throws(LogError) -> Verdict? {
        if let index = staged.index(of: draft.identity) {
            let position = Position(start.rawValue + UInt64(index) + 1)
            let content = staged.events[index].content
            return content == draft.content ? .duplicate(position) : .conflict(position, differing: [])
        }
        if committed == 0 { return nil }
        let position = Position(committed)
        return try log.blocks.identity(at: position).content == draft.content
            ? .duplicate(position) : .conflict(position, differing: [])
    }

    /// The strand that is new for an alias, nil when there is none.
    func newStrand(of alias: Hash128) -> StrandNumber? { aliases[alias].map { StrandNumber(rawValue: UInt32($0)) } }

    /// The strand of an alias, nil when it will be a new one.
    mutating func strand(of alias: Hash128, log: borrowing CommittedLog) throws(LogError) -> StrandNumber? {
        if let strand = newStrand(of: alias) { return strand }
        if let strand = log.rememberedStrand(of: alias) { return strand }
        guard let strand = try log.strand(of: alias) else { return nil }
        aliases.insert(alias, UInt64(strand.rawValue))
        foundInRuns.append((alias, strand))
        return strand
    }

    /// An expectation that does not hold.
    private struct Outdated: Error { var last: Position }

    private func check(
        _ expected: ExpectedPosition, of strand: StrandNumber?, recorded: Timestamp, isStrict: Bool,
        log: borrowing CommittedLog
    ) throws {
        let isLate = expected.notAfter.map { recorded > $0 } ?? false
        let last = try lastPosition(with: strand, andStaged: true, log: log)
        if last == expected.last && !isLate { return }
        // Of a strict batch nothing is stored now: then its own events are nobody's last.
        throw Outdated(last: isStrict ? try lastPosition(with: strand, andStaged: false, log: log) : last)
    }
}

extension Staging {
    /// The position of the last event of a strand's customer, also among those that are staged; the start without one.
    private func lastPosition(
        with strand: StrandNumber?, andStaged: Bool, log: borrowing CommittedLog
    ) throws(LogError) -> Position {
        guard let strand else { return .start }
        let strands = judge.identity.strands(of: judge.identity.customer(of: strand))
        if andStaged, let index = staged.events.lastIndex(where: { strands.contains($0.strand) }) {
            return Position(start.rawValue + UInt64(index) + 1)
        }
        var last = Position.start
        for strand in strands { last = max(last, try log.lastPosition(of: strand)) }
        return last
    }
}

/// Times.
extension Staging {
    /// The recorded time, and whether it is assumed rather than read from a clock.
    private func times(
        _ draft: Draft, _ options: borrowing AppendOptions, now: Timestamp
    ) throws(Refusal) -> (Timestamp, isAssumed: Bool) {
        if options.asFirst, holdsActivationsOnly { return (.epoch, true) }
        guard !draft.flags.contains(.timeSupplied) else { return (max(clock, now), false) }
        if draft.occurred > now + options.maxFuture {
            let seconds = options.maxFuture.microseconds / 1_000_000
            throw Refusal(field: "time", reason: "lies more than \(seconds) seconds in the future")
        }
        if draft.occurred < options.minTime {
            throw Refusal(
                field: "time", reason: "lies before \(options.minTime), the earliest time that the policy allows")
        }
        return switch options.recordedTime {
        case .clock: (max(clock, now), false)
        case .occurred: (max(clock, min(draft.occurred, now)), true)
        }
    }
}

/// Numbers for texts.
extension Staging {
    private mutating func type(of draft: Draft, _ batch: borrowing DraftBatch) throws(Refusal) -> EventType {
        guard draft.type.isNone else { return draft.type }
        return EventType(rawValue: try intern(draft.typeName, .type, batch))
    }

    /// Makes sure that an event's new strands and their kinds can have numbers.
    private mutating func prepareStrands(
        _ subject: NamedAlias?, _ plea: Plea, _ batch: borrowing DraftBatch
    ) throws(Refusal) {
        guard let subject else { return }
        var other: NamedAlias?
        if case .identify(let named) = plea { other = named }
        if subject.strand != nil, other == nil { return }
        guard strandCount < .max - 2 else {
            throw Refusal(field: "subject", reason: "the log has no more numbers for aliases")
        }
        if !subject.isBlocked { _ = try intern(subject.kind, .kind, batch) }
        if let other, !other.isBlocked { _ = try intern(other.kind, .kind, batch) }
        rules.learn(dictionaries[.kind])
    }

    /// The next strand for an alias whose kind has a number.
    mutating func newStrand(_ alias: NamedAlias, _ batch: borrowing DraftBatch) -> StrandNumber {
        let kind: KindNumber
        do { kind = KindNumber(rawValue: try intern(alias.kind, .kind, batch)) } catch {
            preconditionFailure("the kind of a new strand has no number: \(error)")
        }
        strandCount += 1
        builder.addStrand(
            kind: kind, value: batch.arena.span.bytes.extracting(alias.value.range), alias: alias.hash,
            sha256: &sha256, random: &random)
        newKinds.append(kind)
        aliases.put(alias.hash, UInt64(strandCount))
        return StrandNumber(rawValue: strandCount)
    }

    /// The kind of any strand.
    func kind(of strand: StrandNumber, log: borrowing CommittedLog) throws(LogError) -> KindNumber {
        let before = strandCount - UInt32(newKinds.count)
        return strand.rawValue > before
            ? newKinds[Int(strand.rawValue - before) - 1]
            : try log.blocks.kind(of: strand, head: start)
    }

    private mutating func intern(
        _ piece: Draft.Piece, _ table: NameAddition.Table, _ batch: borrowing DraftBatch
    ) throws(Refusal) -> UInt16 {
        try intern(batch.arena.span.bytes.extracting(piece.range), table)
    }

    /// The number of a text, a new one if need be; 0 for no text.
    private mutating func intern(_ text: RawSpan, _ table: NameAddition.Table) throws(Refusal) -> UInt16 {
        if text.isEmpty { return 0 }
        if let number = dictionaries.number(of: text, in: table) { return number }
        guard let number = dictionaries[table].nextNumber else {
            throw Refusal(field: table.attribute, reason: "the log holds 65,535 different ones already")
        }
        let addition = NameAddition(table: table, number: number, name: text.text)
        _ = dictionaries.add(addition)
        builder.add(addition)
        return number
    }

    /// An event must fit into the room that a block keeps for it.
    private func checkSize(_ draft: Draft, _ plea: Plea, actor: String) throws(Refusal) {
        var count = actor.utf8.count + draft.textByteCount
        if case .split(let strands) = plea { count += 4 * strands.count }
        guard count < BlockLayout.maxEventByteCount - 1_024 else {
            throw Refusal(field: "", reason: "the event takes \(count) bytes; one of 63 KiB can be stored")
        }
    }
}
