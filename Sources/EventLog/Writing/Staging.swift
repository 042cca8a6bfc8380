import Digests
import Touchpoints

/// The events of one group commit on their way: what is decided here holds once the commit has succeeded, and is
/// forgotten otherwise.
struct Staging: ~Copyable {
    private(set) var blocks: [BlockBuilder.Packed] = []
    private let hasher: AliasHasher
    private let start: Position
    private var head: Position
    private var clock: Timestamp
    private var digest: Digest256
    private var strandCount: UInt32
    private var dictionaries: Dictionaries
    private var holdsActivationsOnly: Bool
    private var identities = HashTable()
    /// The strands that are new, and those that were found in runs.
    private var aliases = HashTable()
    /// Committed strands that are worth remembering.
    private(set) var foundInRuns: [(alias: Hash128, strand: StrandNumber)] = []
    /// The content and the strand of each staged event.
    private var contents: [Hash128] = []
    private var strands: [StrandNumber] = []
    /// The last text of each dictionary that an event named, with its number.
    private var lastNames: [(bytes: [UInt8], number: UInt16)] = NameAddition.Table.allCases.map { _ in ([], 0) }
    private var builder: BlockBuilder
    private var sha256 = SHA256()
    private var random = SecureRandom()

    /// Goes on where the log ends.
    init(behind state: borrowing LogState, hashedBy hasher: AliasHasher) {
        self.hasher = hasher
        start = state.head
        head = state.head
        clock = state.clock
        digest = state.digest
        strandCount = state.strandCount
        dictionaries = state.dictionaries
        holdsActivationsOnly = state.holdsActivationsOnly
        builder = BlockBuilder(first: state.head.next, strandsBefore: state.strandCount)
    }

    /// Packs the last block; nothing can be added any more.
    mutating func finish() {
        guard builder.count > 0 else { return }
        let packed = builder.packed(previousDigest: digest, sha256: &sha256)
        digest = packed.digest
        blocks.append(packed)
        builder = BlockBuilder(first: head.next, strandsBefore: strandCount)
    }

    /// Decides about one draft of a batch. O(1), but for an expected position: O(the customer's events).
    ///
    /// - Parameter log: what was committed before; throws when that cannot be read.
    mutating func add(
        _ index: Int, of batch: borrowing DraftBatch, _ options: borrowing AppendOptions, now: Timestamp,
        log: borrowing CommittedLog
    ) throws(LogError) -> Verdict {
        let draft = batch.drafts[index]
        if let known = try verdictIfKnown(draft, log: log) { return known }
        do {
            let (recorded, isAssumed) = try times(draft, options, now: now)
            let alias = aliasHash(of: draft, batch)
            var strand = try strand(of: alias, log: log)
            if let expected = options.expected[index] {
                try check(expected, of: strand, recorded: recorded, log: log)
            }
            try checkSize(draft, actor: options.actor)
            if builder.byteCount + BlockLayout.maxEventByteCount > BlockLayout.maxByteCount { finish() }
            let arena = batch.arena.span.bytes
            var decided = BlockBuilder.Decided(
                occurred: draft.flags.contains(.timeSupplied) ? recorded : draft.occurred, recorded: recorded,
                strand: .none, type: try type(of: draft, batch),
                channel: ChannelNumber(rawValue: try intern(draft.channel, .channel, batch)),
                source: SourceNumber(rawValue: try intern(draft.source, .source, batch)),
                actor: ActorNumber(rawValue: try intern(options.actor, .actor)), flags: draft.flags)
            if options.backfill { decided.flags.insert(.backfill) }
            if isAssumed { decided.flags.insert(.recordedAssumed) }
            if let alias, strand == nil {
                strand = try newStrand(alias, draft, batch)
            }
            decided.strand = strand ?? .none
            builder.add(draft, decided, arena: arena, sha256: &sha256, random: &random)
            stored(draft, decided)
            return .stored(head)
        } catch let refusal as Refusal {
            return .refused(refusal)
        } catch let error as LogError {
            throw error
        } catch {
            preconditionFailure("no other error is thrown here: \(error)")
        }
    }

    private mutating func stored(_ draft: Draft, _ decided: BlockBuilder.Decided) {
        head = head.next
        clock = decided.recorded
        identities.insert(draft.identity, head.rawValue)
        contents.append(draft.content)
        strands.append(decided.strand)
        if decided.type != .policyActivated && decided.type != .schemaActivated { holdsActivationsOnly = false }
    }
}

/// What is known already.
extension Staging {
    private func verdictIfKnown(_ draft: Draft, log: borrowing CommittedLog) throws(LogError) -> Verdict? {
        if let position = identities[draft.identity].map(Position.init(rawValue:)) {
            let content = contents[Int(position.rawValue - start.rawValue) - 1]
            return content == draft.content ? .duplicate(position) : .conflict(position, differing: [])
        }
        guard let position = try log.position(of: draft.identity) else { return nil }
        return try log.blocks.identity(at: position).content == draft.content
            ? .duplicate(position) : .conflict(position, differing: [])
    }

    private func aliasHash(of draft: Draft, _ batch: borrowing DraftBatch) -> Hash128? {
        guard draft.aliasKind.count + draft.aliasValue.count > 0 else { return nil }
        let arena = batch.arena.span.bytes
        return hasher.hash(
            kind: arena.extracting(draft.aliasKind.range), value: arena.extracting(draft.aliasValue.range))
    }

    /// The strand of an alias, nil when it will be a new one (or there is no alias).
    private mutating func strand(of alias: Hash128?, log: borrowing CommittedLog) throws(LogError) -> StrandNumber? {
        guard let alias else { return nil }
        if let strand = aliases[alias] { return StrandNumber(rawValue: UInt32(strand)) }
        if let strand = log.rememberedStrand(of: alias) { return strand }
        guard let strand = try log.strand(of: alias) else { return nil }
        aliases.insert(alias, UInt64(strand.rawValue))
        foundInRuns.append((alias, strand))
        return strand
    }

    private func check(
        _ expected: ExpectedPosition, of strand: StrandNumber?, recorded: Timestamp, log: borrowing CommittedLog
    ) throws {
        if let notAfter = expected.notAfter, recorded > notAfter {
            throw Refusal(field: "", reason: "the expected position held until an earlier time only")
        }
        var last = Position.start
        if let strand {
            if let index = strands.lastIndex(of: strand) {
                last = Position(start.rawValue + UInt64(index) + 1)
            } else {
                last = try log.lastPosition(of: strand)
            }
        }
        guard last == expected.last else {
            throw Refusal(
                field: "", reason: "the customer's last event is at position \(last), expected was \(expected.last)")
        }
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

    private mutating func newStrand(
        _ alias: Hash128, _ draft: Draft, _ batch: borrowing DraftBatch
    ) throws(Refusal) -> StrandNumber {
        guard strandCount < .max else {
            throw Refusal(field: "subject", reason: "the log has no more numbers for aliases")
        }
        let kind = KindNumber(rawValue: try intern(draft.aliasKind, .kind, batch))
        strandCount += 1
        builder.addStrand(
            kind: kind, value: batch.arena.span.bytes.extracting(draft.aliasValue.range), sha256: &sha256,
            random: &random)
        aliases.insert(alias, UInt64(strandCount))
        return StrandNumber(rawValue: strandCount)
    }

    private mutating func intern(
        _ piece: Draft.Piece, _ table: NameAddition.Table, _ batch: borrowing DraftBatch
    ) throws(Refusal) -> UInt16 {
        if piece.count == 0 { return 0 }
        // Neighbours mostly name the same source and channel: then no text is made and looked up.
        let bytes = batch.arena.span.bytes.extracting(piece.range)
        let slot = Int(table.rawValue) - 1
        let last = lastNames[slot]
        if last.number != 0, last.bytes.span.bytes.elementsEqual(bytes) { return last.number }
        let number = try intern(batch.text(piece), table)
        lastNames[slot] = (bytes.copied(), number)
        return number
    }

    /// The number of a text, a new one if need be; 0 for no text.
    private mutating func intern(_ name: String, _ table: NameAddition.Table) throws(Refusal) -> UInt16 {
        if name.isEmpty { return 0 }
        if let number = dictionaries[table].number(of: name) { return number }
        guard let number = dictionaries[table].nextNumber else {
            throw Refusal(field: table.attribute, reason: "the log holds 65,535 different ones already")
        }
        let addition = NameAddition(table: table, number: number, name: name)
        _ = dictionaries.add(addition)
        builder.add(addition)
        return number
    }

    /// An event must fit into the room that a block keeps for it.
    private func checkSize(_ draft: Draft, actor: String) throws(Refusal) {
        let texts = [draft.typeName, draft.source, draft.channel, draft.aliasKind, draft.aliasValue]
        let count = texts.reduce(actor.utf8.count + Int(draft.clear.count) + Int(draft.personal.count)) {
            $0 + Int($1.count)
        }
        guard count < BlockLayout.maxEventByteCount - 1_024 else {
            throw Refusal(field: "", reason: "the event takes \(count) bytes; one of 63 KiB can be stored")
        }
    }
}
