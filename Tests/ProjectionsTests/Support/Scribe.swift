import Digests
import Touchpoints

@testable import EventLog

/// Writes blocks by hand behind the first record of a journal, with decisions that a test makes up: any union, any
/// split, any void, whether a writer would decide so or not.
final class Scribe {
    enum Act {
        case event(Happening)
        /// The members become one customer.
        case join(Int, Int)
        /// A member's alias gets a new strand, which joins another member; what came before stays where it is.
        case move(Int, to: Int)
        /// The members leave their customer together.
        case split([Int])
        /// The event at a position no longer counts.
        case void(Position)

        static func event(_ type: EventType, at hour: Int, of member: Int) -> Act {
            .event(Happening(type, at: hour, of: member))
        }
    }

    let journal: Journal
    /// Who is one customer now.
    private(set) var identity = Identity()
    /// What can be voided.
    private(set) var folded: [Position] = []
    private var strands: [Int: StrandNumber] = [:]
    private var strandCount: UInt32 = 0
    private var head: Position
    private var clock: Timestamp
    private var digest: Digest256
    private var builder: BlockBuilder
    private var sha256 = SHA256()
    private var random = SecureRandom()
    private let tables: LogTables

    init() async throws {
        journal = try await Journal()
        tables = try LogTables(journal.folder, .readWrite)
        let log = try LogSnapshot(tables)
        digest = try log.block(from: Position(1)).digest
        head = Position(1)
        clock = .epoch
        builder = BlockBuilder(first: Position(2), strandsBefore: 0)
    }

    /// The position of the last event.
    var position: Position { head }

    /// Appends in one block, recorded by the clock, or as they occurred.
    func append(_ acts: [Act], at hour: Int = 0, now: Int, isImport: Bool = false) throws {
        builder = BlockBuilder(first: head.next, strandsBefore: strandCount)
        for act in acts { add(act, hour, now: Timestamp(hour: now), isImport) }
        let packed = builder.packed(previousDigest: digest, sha256: &sha256)
        digest = packed.digest
        try tables.environment.write { transaction in
            try transaction.append(packed.block, for: packed.first.rawValue, in: tables.blocks)
            try transaction.append(packed.personal, for: packed.first.rawValue, in: tables.personal)
        }
        try journal.log.refresh()
    }

    private func add(_ act: Act, _ hour: Int, now: Timestamp, _ isImport: Bool) {
        var happening = Happening(.customerIdentified, at: hour, of: 0)
        if case .event(let given) = act { happening = given }
        if case .void = act { happening.type = .eventVoided }
        var batch = DraftBatch([happening], firstID: Int(head.rawValue) + 1)
        let occurred = batch.drafts[0].occurred
        clock = max(clock, isImport ? min(occurred, now) : now)
        var decided = BlockBuilder.Decided(
            occurred: occurred, recorded: clock, strand: .none, type: happening.type, channel: .none,
            source: SourceNumber(rawValue: 1), actor: .none, flags: batch.drafts[0].flags)
        switch act {
        case .event: if happening.customer > 0 { decided.strand = strand(of: happening.customer) }
        case .join(let a, let b):
            decided.decision = .joined
            (decided.strand, decided.otherStrand) = (strand(of: a), strand(of: b))
            decide(.join(decided.strand, decided.otherStrand, former: .none))
        case .move(let member, let other):
            decided.decision = .moved
            let former = strand(of: member)
            strands[member] = nil
            (decided.strand, decided.otherStrand) = (strand(of: member), strand(of: other))
            decided.amount = Int64(former.rawValue)
            decide(.join(decided.strand, decided.otherStrand, former: former))
        case .split(let members):
            decided.strand = strand(of: members[0])
            // As a writer does: only those who are together now, and never all of them.
            let all = identity.strands(of: identity.customer(of: decided.strand))
            let leaving = members.map { strand(of: $0) }.filter { all.contains($0) }.sorted()
            guard leaving.count < all.count else { break }
            decided.decision = .split
            var clear: [UInt8] = []
            ClearPart.endAttributes(of: &clear)
            ClearPart.insert(strands: leaving, into: &clear)
            batch.drafts[0].clear = batch.place(clear)
            decide(.split(leaving))
        case .void(let position): decided.amount = Int64(position.rawValue)
        }
        builder.add(batch.drafts[0], decided, arena: batch.arena.span.bytes, sha256: &sha256, random: &random)
        head = head.next
        if !decided.flags.contains(.recordOnly) { folded.append(head) }
    }

    private func decide(_ act: Decision.Act) { identity.apply(Decision(position: head.next, act: act)) }

    /// The strand that a member's alias has now, a new one if need be.
    private func strand(of member: Int) -> StrandNumber {
        if let strand = strands[member] { return strand }
        if strandCount == 0 { builder.add(NameAddition(table: .kind, number: 1, name: "member")) }
        strandCount += 1
        builder.addStrand(
            kind: KindNumber(rawValue: 1), value: Array("\(member)".utf8).span.bytes,
            alias: Hash128(high: 0, low: 0), sha256: &sha256, random: &random)
        strands[member] = StrandNumber(rawValue: strandCount)
        return strands[member]!
    }

    /// The customer that a member is, or belongs to, now; nil before its first record.
    func customer(of member: Int) -> CustomerNumber? { strands[member].map { identity.customer(of: $0) } }

    /// The members who are one customer with this one.
    func companions(of member: Int) -> [Int] {
        guard let customer = customer(of: member) else { return [] }
        return strands.filter { identity.customer(of: $0.value) == customer }.map(\.key).sorted()
    }
}
