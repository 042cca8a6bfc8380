import Touchpoints

/// An alias as a draft names it; its texts lie in the arena of the batch.
struct NamedAlias {
    var kind: Draft.Piece
    var value: Draft.Piece
    var hash: Hash128
    /// Its value is nobody's: it has no strand.
    var isBlocked: Bool
    /// Its newest strand; nil: it has none yet.
    var strand: StrandNumber?
}

/// What an event asks of the log beside being stored.
enum Plea {
    case nothing
    case identify(NamedAlias)
    case merge(NamedAlias)
    case split([StrandNumber])
    case void(Position)
}

/// Who and what an event is about.
extension Staging {
    /// The alias of the draft's subject, of which the log knows hash and strand; nil where it has none.
    func subject(
        of draft: Draft, _ batch: borrowing DraftBatch, _ hash: Hash128, _ committed: UInt64
    ) -> NamedAlias? {
        guard draft.aliasKind.count + draft.aliasValue.count > 0 else { return nil }
        let known = committed == 0 ? nil : StrandNumber(rawValue: UInt32(committed))
        return NamedAlias(
            kind: draft.aliasKind, value: draft.aliasValue, hash: hash, isBlocked: isBlocked(draft.aliasValue, batch),
            strand: newStrand(of: hash) ?? known)
    }

    private func isBlocked(_ value: Draft.Piece, _ batch: borrowing DraftBatch) -> Bool {
        rules.policy.isBlocked(utf8: batch.arena.span.extracting(value.range))
    }

    private mutating func alias(
        _ kind: Draft.Piece, _ value: Draft.Piece, _ batch: borrowing DraftBatch, log: borrowing CommittedLog
    ) throws(LogError) -> NamedAlias {
        let arena = batch.arena.span.bytes
        let hash = hasher.hash(kind: arena.extracting(kind.range), value: arena.extracting(value.range))
        return NamedAlias(
            kind: kind, value: value, hash: hash, isBlocked: isBlocked(value, batch),
            strand: try strand(of: hash, log: log))
    }

    /// The aliases that `customer.*` names in its data.
    private mutating func others(
        of draft: Draft, _ batch: borrowing DraftBatch, log: borrowing CommittedLog
    ) throws(LogError) -> [NamedAlias] {
        var others: [NamedAlias] = []
        var at = draft.otherAliases.offset
        for (kind, value) in AliasList.aliases(in: batch.arena.span.bytes.extracting(draft.otherAliases.range)) {
            let kindPiece = Draft.Piece(offset: at + 2, count: UInt32(kind.count))
            let valuePiece = Draft.Piece(offset: kindPiece.offset + kindPiece.count + 2, count: UInt32(value.count))
            others.append(try alias(kindPiece, valuePiece, batch, log: log))
            at = valuePiece.offset + valuePiece.count
        }
        return others
    }

    /// What the draft asks for; throws a `Refusal` where it names what is not there, or a `LogError`.
    mutating func plea(
        of draft: Draft, _ batch: borrowing DraftBatch, _ subject: NamedAlias?, log: borrowing CommittedLog
    ) throws -> Plea {
        switch draft.type {
        case .customerIdentified, .customerMerged, .customerSplit:
            guard let subject else { throw Refusal(field: "subject", reason: "whose customer it is about is missing") }
            let others = try others(of: draft, batch, log: log)
            return try plea(draft.type, subject, others)
        case .eventVoided: return .void(try target(of: draft, log: log))
        default: return .nothing
        }
    }

    private func plea(_ type: EventType, _ subject: NamedAlias, _ others: [NamedAlias]) throws(Refusal) -> Plea {
        if type == .customerIdentified { return others.first.map(Plea.identify) ?? .nothing }
        try requireKnown(subject, "subject")
        if type == .customerMerged {
            guard let other = others.first else { throw Refusal(field: "data.alias", reason: "the other is missing") }
            try requireKnown(other, "data.alias")
            return .merge(other)
        }
        var strands: [StrandNumber] = []
        for (index, other) in others.enumerated() {
            guard let strand = other.strand else { throw unknown("data.aliases[\(index)]") }
            strands.append(strand)
        }
        return .split(strands)
    }

    private func requireKnown(_ alias: NamedAlias, _ field: String) throws(Refusal) {
        if alias.strand == nil && !alias.isBlocked { throw unknown(field) }
    }

    private func unknown(_ field: String) -> Refusal {
        Refusal(field: field, reason: "the log knows no such alias")
    }

    /// The event that a draft takes out of the folds.
    private func target(of draft: Draft, log: borrowing CommittedLog) throws -> Position {
        let isNamedByID = draft.target != Hash128(high: 0, low: 0)
        let field = isNamedByID ? "data.id" : "data.position"
        let position: Position
        if isNamedByID {
            if draft.target == draft.identity { throw Refusal(field: field, reason: "an event cannot void itself") }
            let known =
                if let index = staged.index(of: draft.target) {
                    Position(start.rawValue + UInt64(index) + 1) as Position?
                } else {
                    try log.position(of: draft.target)
                }
            guard let known else { throw Refusal(field: field, reason: "the log holds no event of this source and id") }
            position = known
        } else {
            guard draft.amount > 0, draft.amount <= head.rawValue else {
                throw Refusal(field: field, reason: "the log holds no event there: it ends at position \(head)")
            }
            position = Position(UInt64(draft.amount))
        }
        guard try isFolded(position, log: log) else {
            throw Refusal(field: field, reason: "the event at position \(position) is in no view: nothing to void")
        }
        return position
    }

    private func isFolded(_ position: Position, log: borrowing CommittedLog) throws(LogError) -> Bool {
        if position > start { return staged.events[Int(position.rawValue - start.rawValue) - 1].isFolded }
        let blocks = log.blocks
        let block = try blocks.block(at: position)
        let index = block.index(of: position)
        try block.checkEvent(index)
        return block.event(index).isFolded
    }
}

/// Granting it.
extension Staging {
    /// The strand of a subject, a new one if need be; none for one that is missing or blocked.
    mutating func strand(of subject: NamedAlias?, _ batch: borrowing DraftBatch) -> StrandNumber {
        guard let subject, !subject.isBlocked else { return .none }
        return subject.strand ?? newStrand(subject, batch)
    }

    /// The personal part of an event whose subject is nobody: its text would be lost otherwise.
    func personalPart(
        of draft: Draft, naming subject: NamedAlias, _ batch: borrowing DraftBatch
    ) -> [UInt8] {
        var part = Array(batch.arena[draft.personal.range])
        guard PersonalPart(bytes: part.span.bytes).subject == nil else { return part }
        let text = batch.arena[subject.kind.range] + [UInt8(ascii: ":")] + batch.arena[subject.value.range]
        PersonalPart.insert(subject: Array(text), into: &part)
        return part
    }

    /// Decides what is asked for and writes it into the event's fields; `decided` holds the subject's strand.
    mutating func grant(
        _ plea: Plea, of subject: NamedAlias?, _ decided: inout BlockBuilder.Decided, _ draft: Draft,
        _ batch: borrowing DraftBatch, log: borrowing CommittedLog
    ) throws(LogError) {
        switch plea {
        case .nothing: return
        case .void(let position): decided.amount = Int64(position.rawValue)
        case .identify(let other): try identify(subject!, other, &decided, batch, log: log)
        case .merge(let other):
            decided.otherStrand = other.isBlocked ? .none : other.strand ?? .none
            decided.decision =
                decided.strand.isNone || decided.otherStrand.isNone
                ? .blocked : judge.merge(decided.strand, decided.otherStrand)
        case .split(let strands):
            let leaving = decided.strand.isNone ? [] : judge.split(strands, from: decided.strand)
            decided.decision = decided.strand.isNone ? .blocked : leaving.isEmpty ? .notTogether : .split
            guard decided.decision == .split else { return }
            var part = Array(batch.arena[draft.clear.range])
            ClearPart.insert(strands: leaving, into: &part)
            decided.clear = part
            judge.apply(Decision(position: head.next, act: .split(leaving)))
        }
        switch decided.decision {
        case .joined, .moved:
            let former = StrandNumber(rawValue: UInt32(decided.amount ?? 0))
            judge.apply(
                Decision(position: head.next, act: .join(decided.strand, decided.otherStrand, former: former)))
        case .merged: judge.apply(Decision(position: head.next, act: .merge(decided.strand, decided.otherStrand)))
        default: return
        }
    }

    private mutating func identify(
        _ subject: NamedAlias, _ other: NamedAlias, _ decided: inout BlockBuilder.Decided,
        _ batch: borrowing DraftBatch, log: borrowing CommittedLog
    ) throws(LogError) {
        if !other.isBlocked {
            // The subject's strand may be new, and the other alias the same.
            decided.otherStrand = other.hash == subject.hash ? decided.strand : other.strand ?? newStrand(other, batch)
        }
        let (a, b) = (decided.strand, decided.otherStrand)
        guard !a.isNone, !b.isNone else {
            decided.decision = .blocked
            return
        }
        for strand in judge.strandsOfUnknownKind(a, b) { judge.note(try kind(of: strand, log: log), of: strand) }
        let recorded = decided.recorded
        let ruling = try judge.identify(a, b, under: rules) { days throws(LogError) in
            try firstPosition(recordedWithin: days, of: recorded, log: log)
        }
        switch ruling {
        case .alreadyOne: decided.decision = .alreadyOne
        case .joined: decided.decision = .joined
        case .keptApart: decided.decision = .keptApart
        case .overLimit: decided.decision = .overLimit
        case .subjectMoves:
            decided.decision = .moved
            decided.strand = newStrand(subject, batch)
            decided.amount = Int64(a.rawValue)
        case .otherMoves:
            decided.decision = .moved
            decided.otherStrand = newStrand(other, batch)
            decided.amount = Int64(b.rawValue)
        }
    }

    /// The first position that was recorded on the day of a time or the `days - 1` before it. O(log² blocks).
    private func firstPosition(
        recordedWithin days: Int, of time: Timestamp, log: borrowing CommittedLog
    ) throws(LogError) -> Position {
        let first = rules.zone.firstInstant(of: rules.zone.day(of: time) - (days - 1))
        let before = try log.blocks.position(recordedAtOrBefore: Timestamp(rawValue: first.rawValue - 1), head: start)
        guard before == start else { return before.next }
        let index = staged.events.firstIndex { $0.recorded >= first } ?? staged.events.count
        return Position(start.rawValue + UInt64(index) + 1)
    }
}
