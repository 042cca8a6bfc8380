import Digests
import Touchpoints

/// Packs events into one block and its personal value.
struct BlockBuilder {
    /// What the writer decided about an event, beside its draft.
    struct Decided {
        var occurred: Timestamp
        var recorded: Timestamp
        var strand: StrandNumber
        var type: EventType
        var channel: ChannelNumber
        var source: SourceNumber
        var actor: ActorNumber
        var flags: EventHeader.Flags
        var decision = IdentityDecision.none
        /// The strand that the decision is about beside `strand`.
        var otherStrand = StrandNumber.none
        /// Stands for the draft's amount: the position that is voided, or the strand that an alias had before.
        var amount: Int64?
        /// Stand for the draft's parts, where the log has written into them.
        var clear: [UInt8]?
        var personal: [UInt8]?
    }

    /// A block as it goes to the log.
    struct Packed {
        var first: Position
        var block: [UInt8]
        var personal: [UInt8]
        var digest: Digest256
        /// The hashes of the aliases of its new strands, in their order.
        var newAliases: [Hash128]
    }

    let first: Position
    private let strandsBefore: UInt32
    private(set) var count = 0
    private var headers: [UInt8] = []
    private var identities: [UInt8] = []
    private var newStrands: [UInt8] = []
    private var names: [UInt8] = []
    private var clear: [UInt8] = []
    private var personal = Entries()
    private var aliasValues = Entries()
    private var newAliases: [Hash128] = []
    private var minTime = Timestamp.distantFuture
    private var maxTime = Timestamp.distantPast

    /// What clear and personal part of an event often have together with its salt.
    private static let usualClearByteCount = 80
    private static let usualPersonalByteCount = 64

    /// - Parameter expected: about how many events are to come.
    init(first: Position, strandsBefore: UInt32, expecting expected: Int = 0) {
        self.first = first
        self.strandsBefore = strandsBefore
        clear.reserveCapacity(expected * Self.usualClearByteCount)
        personal.reserve(expected, byteCount: expected * Self.usualPersonalByteCount)
        headers.reserveCapacity(expected * EventHeader.byteCount)
        identities.reserveCapacity(expected * BlockLayout.Identity.byteCount)
    }

    /// The length of the block if it were packed now.
    var byteCount: Int {
        BlockLayout.headers + count * (EventHeader.byteCount + BlockLayout.Identity.byteCount) + newStrands.count
            + names.count + clear.count + BlockLayout.trailerByteCount
    }

    mutating func add(_ name: NameAddition) { name.encode(to: &names) }

    /// Adds the next strand; `alias` is the hash of its alias.
    mutating func addStrand(
        kind: KindNumber, value: RawSpan, alias: Hash128, sha256: inout SHA256, random: inout SecureRandom
    ) {
        newAliases.append(alias)
        newStrands.append(kind.rawValue)
        let digest = aliasValues.add(value, sha256: &sha256, random: &random)
        newStrands.append(digest.span)
    }

    /// Adds the next strand, its alias with the salt that it has; the digest of both.
    mutating func addStrand(kind: KindNumber, salted entry: [UInt8], sha256: inout SHA256) -> Digest256 {
        newStrands.append(kind.rawValue)
        let digest = aliasValues.add(salted: entry, sha256: &sha256)
        newStrands.append(digest.span)
        return digest
    }

    /// Adds the next event. `arena` is its batch's; the hashers are kept by the caller to be used again.
    mutating func add(
        _ draft: Draft, _ decided: Decided, arena: RawSpan, sha256: inout SHA256, random: inout SecureRandom
    ) {
        let digest =
            if let written = decided.personal {
                personal.add(written.span.bytes, sha256: &sha256, random: &random)
            } else {
                personal.add(arena.extracting(draft.personal.range), sha256: &sha256, random: &random)
            }
        add(draft, decided, arena: arena, digest)
    }

    /// Adds the next event, its personal part with the salt that it has; the digest of both.
    mutating func add(
        _ draft: Draft, _ decided: Decided, salted entry: [UInt8], sha256: inout SHA256
    ) -> Digest256 {
        let digest = personal.add(salted: entry, sha256: &sha256)
        add(draft, decided, arena: RawSpan(), digest)
        return digest
    }

    @inline(__always)
    private mutating func add(_ draft: Draft, _ decided: Decided, arena: RawSpan, _ personalDigest: Digest256) {
        let clearOffset = UInt32(clear.count)
        if let written = decided.clear { clear += written } else { clear.append(arena.extracting(draft.clear.range)) }
        let header: InlineArray<10, UInt64> = [
            UInt64(bitPattern: decided.occurred.rawValue), UInt64(bitPattern: decided.recorded.rawValue),
            UInt64(bitPattern: draft.sequence), draft.session, draft.order,
            UInt64(bitPattern: decided.amount ?? draft.amount),
            UInt64(draft.currency.packed) | UInt64(decided.strand.rawValue) << 32,
            UInt64(decided.type.rawValue) | UInt64(decided.channel.rawValue) << 16
                | UInt64(decided.source.rawValue) << 32 | UInt64(decided.actor.rawValue) << 48,
            UInt64(decided.flags.rawValue) | UInt64(UInt16(clear.count - Int(clearOffset))) << 16
                | UInt64(clearOffset) << 32,
            UInt64(decided.otherStrand.rawValue) | UInt64(decided.decision.rawValue) << 32,
        ]
        headers.append(header.span.bytes)

        let hashes: InlineArray<3, UInt64> = [draft.identity.high, draft.identity.low, draft.content]
        identities.append(hashes.span.bytes)
        identities.append(personalDigest.span)

        let time = min(decided.occurred, decided.recorded)
        minTime = min(minTime, time)
        maxTime = max(maxTime, time)
        count += 1
    }

    /// The finished block, linked to the one before.
    func packed(previousDigest: Digest256, sha256: inout SHA256) -> Packed {
        let personal = packedPersonal()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        bytes.append(BlockLayout.magic)
        bytes.append(BlockLayout.version)
        bytes.append(UInt16(0))
        bytes.append(first.rawValue)
        bytes.append(UInt32(count))
        let newStrandCount = UInt32(aliasValues.ends.count)
        bytes.append(newStrandCount == 0 ? 0 : strandsBefore + 1)
        bytes.append(minTime.rawValue)
        bytes.append(maxTime.rawValue)
        bytes.append(strandsBefore)
        bytes.append(newStrandCount)
        let dictionary = BlockLayout.headers + count * (EventHeader.byteCount + BlockLayout.Identity.byteCount)
        bytes.append(UInt32(dictionary))
        bytes.append(UInt32(dictionary + newStrands.count + names.count))
        bytes.append(UInt32(byteCount))
        bytes.append(UInt32(personal.count))
        bytes.append(previousDigest.span)
        bytes += headers
        bytes += identities
        bytes += newStrands
        bytes += names
        bytes += clear
        sha256.update(bytes)
        let digest = sha256.finish()
        bytes.append(digest.span)
        bytes.append(XXH64.checksum(of: bytes.span.bytes))
        return Packed(first: first, block: bytes, personal: personal, digest: digest, newAliases: newAliases)
    }

    private func packedPersonal() -> [UInt8] {
        let entries = personal.ends.count + aliasValues.ends.count
        let end = UInt32(personal.bytes.count)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(
            BlockLayout.Personal.offsets + 4 * (entries + 1) + personal.bytes.count + aliasValues.bytes.count)
        bytes.append(BlockLayout.Personal.magic)
        bytes.append(BlockLayout.Personal.version)
        bytes.append(UInt16(0))
        bytes.append(UInt32(personal.ends.count))
        bytes.append(UInt32(aliasValues.ends.count))
        bytes.append(UInt32(0))
        bytes.append(personal.ends.span.bytes)
        for offset in aliasValues.ends { bytes.append(end + offset) }
        bytes += personal.bytes
        bytes += aliasValues.bytes
        return bytes
    }
}

extension BlockBuilder {
    /// Entries one behind the other, with where each ends.
    private struct Entries {
        var bytes: [UInt8] = []
        private(set) var ends: [UInt32] = []

        mutating func reserve(_ count: Int, byteCount: Int) {
            bytes.reserveCapacity(byteCount)
            ends.reserveCapacity(count)
        }

        /// Adds salt and a part; the digest of both.
        mutating func add(_ part: RawSpan, sha256: inout SHA256, random: inout SecureRandom) -> Digest256 {
            let start = bytes.count
            var salt: InlineArray<2, UInt64> = [0, 0]
            var elements = salt.mutableSpan
            var raw = elements.mutableBytes
            random.fill(&raw)
            bytes.append(salt.span.bytes)
            bytes.append(part)
            ends.append(UInt32(bytes.count))
            sha256.update(bytes.span.bytes.extracting(droppingFirst: start))
            return sha256.finish()
        }

        /// Adds salt and a part as they are; the digest of both.
        mutating func add(salted entry: [UInt8], sha256: inout SHA256) -> Digest256 {
            bytes += entry
            ends.append(UInt32(bytes.count))
            sha256.update(entry)
            return sha256.finish()
        }
    }
}
