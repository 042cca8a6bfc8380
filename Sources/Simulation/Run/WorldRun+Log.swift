import EventLog
import Policies
import Projections
import Touchpoints

/// The log held against what was sent to it.
extension WorldRun {
    /// Holds the verdicts of one commit, and the records that it made, against what the rules say of them.
    func check(_ append: WorldStep.Append, _ verdicts: [Verdict]) throws {
        for (happening, verdict) in zip(append.happenings, verdicts) {
            let known = sent.firstIndex { $0.id == happening.id }
            switch verdict {
            case .stored(let position):
                guard known == nil, Int(position.rawValue) == sent.count + 1 else {
                    throw Mismatch("event \(happening.id) is stored at \(position), and should not be")
                }
                try check(records[sent.count], of: happening, append)
                count(records[sent.count], append)
                remember(happening)
            case .duplicate(let position):
                guard let known, Int(position.rawValue) == known + 1, sent[known].content == happening.content else {
                    throw Mismatch("event \(happening.id) is called a duplicate of \(position)")
                }
                counts[.duplicates] += 1
            case .conflict(let position, _):
                guard let known, Int(position.rawValue) == known + 1, sent[known].content != happening.content else {
                    throw Mismatch("event \(happening.id) is called a conflict with \(position)")
                }
                counts[.conflicts] += 1
            case .refused(let refusal):
                guard known == nil, try ruling(on: happening, append) == nil else {
                    throw Mismatch("event \(happening.id) is refused: \(refusal)")
                }
                counts[.refused] += 1
            case .outdated, .withheld:
                throw Mismatch("event \(happening.id) expects nothing, and its batch is not strict: \(verdict)")
            }
        }
        guard sent.count == records.count else { throw Mismatch("the log holds more than was sent") }
    }

    /// Rule 8.
    private func recordedTime(of happening: Happening, _ append: WorldStep.Append) -> Timestamp {
        let last = sent.isEmpty ? Timestamp.epoch : records[sent.count - 1].recorded
        if append.isFirst, sent.allSatisfy({ $0.type == .policyActivated }) { return .epoch }
        guard append.isImport, let occurred = happening.occurred else { return max(last, append.now) }
        return max(last, min(occurred, append.now))
    }

    /// Who and what the event is about; nil where it must be refused.
    private func ruling(on happening: Happening, _ append: WorldStep.Append) throws -> NaiveJudge.Ruling? {
        if happening.type == .eventVoided, try target(of: happening) == nil { return nil }
        let policy = policies.last ?? .default
        return judge.judge(happening, recorded: recordedTime(of: happening, append), under: policy)
    }

    /// The position of the event that is to be voided; nil where there is none, or no view counts it.
    private func target(of happening: Happening) throws -> Position? {
        guard let index = sent.firstIndex(where: { $0.id == happening.target }), records[index].isFolded else {
            return nil
        }
        return records[index].position
    }

    /// That a record is what was sent, and what the rules make of it.
    private func check(_ record: Record, of happening: Happening, _ append: WorldStep.Append) throws {
        let recorded = recordedTime(of: happening, append)
        guard record.recorded == recorded, record.occurred == happening.occurred ?? recorded else {
            throw Mismatch("position \(record.position): recorded at \(record.recorded), not at \(recorded)")
        }
        guard record.sequence == happening.sequence, happening.type.isNone || record.type == happening.type else {
            throw Mismatch("position \(record.position): is not the event that was sent")
        }
        guard let ruling = try ruling(on: happening, append) else {
            throw Mismatch("position \(record.position): should have been refused")
        }
        let found = NaiveJudge.Ruling(
            strand: record.strand, otherStrand: record.otherStrand, formerStrand: record.formerStrand,
            leavingStrands: record.leavingStrands, decision: record.decision)
        guard found == ruling else { throw Mismatch("position \(record.position): is \(found), not \(ruling)") }
        guard record.voided == (happening.type == .eventVoided ? try target(of: happening) : nil) else {
            throw Mismatch("position \(record.position): voids \(String(describing: record.voided))")
        }
    }

    private func count(_ decision: IdentityDecision) {
        switch decision {
        case .none: break
        case .joined: counts[.joins] += 1
        case .moved: counts[.moves] += 1
        case .merged: counts[.merges] += 1
        case .split: counts[.splits] += 1
        case .alreadyOne: counts[.alreadyOne] += 1
        case .notTogether: counts[.notTogether] += 1
        case .overLimit: counts[.overLimit] += 1
        case .keptApart: counts[.keptApart] += 1
        case .blocked: counts[.blocked] += 1
        }
    }

    private func count(_ record: Record, _ append: WorldStep.Append) {
        counts[.events] += 1
        count(record.decision)
        if record.voided != nil { counts[.voids] += 1 }
        if record.sequence != 0 { counts[.sequenced] += 1 }
        if record.occurred > record.recorded { counts[.future] += 1 }
        if record.type == .clockTicked { counts[.ticks] += 1 }
        if append.isImport { counts[.imports] += 1 }
        if append.isBackfill { counts[.backfilled] += 1 }
        if record.isFolded, record.strand == 0 { counts[.unowned] += 1 }
        let own = records.prefix(sent.count).last { $0.strand == record.strand && $0.strand != 0 && $0.isFolded }
        if let own, record.isFolded {
            if record.time < own.time { counts[.late] += 1 }
            if record.time == own.time { counts[.simultaneous] += 1 }
        }
    }

    /// The derived indexes against naive lists: the events of each strand in fold order, and which strand an alias has.
    func compareIndexes() throws {
        for strand in 1...UInt32(max(1, log.strandCount)) where log.strandCount > 0 {
            let number = StrandNumber(rawValue: strand)
            let history = try log.history(of: number, after: .start, through: log.head).map(\.position)
            let expected = records.filter { $0.strand == strand }.sorted(by: Record.isBefore).map(\.position)
            guard history == expected else { throw Mismatch("strand \(strand): its history is \(history)") }
            let alias = judge.aliases[Int(strand) - 1]
            guard try log.alias(of: number) == alias, try log.strand(of: alias)?.rawValue == judge.strand(of: alias)
            else { throw Mismatch("strand \(strand): is not that of \(alias)") }
        }
        guard judge.aliases.count == log.strandCount else { throw Mismatch("there are \(log.strandCount) strands") }
        let findings = try LogVerifier(folder: folder).verify()
        if let first = findings.first { throw Mismatch("verify: position \(first.position): \(first.what)") }
    }
}

extension Record {
    /// The policy that the record activates.
    var policy: ActivePolicy {
        get throws {
            try see { event in
                guard let yaml = event.data.text("yaml"), let zone = event.data.text("zone") else {
                    throw Mismatch("position \(position): activates no policy")
                }
                return ActivePolicy(
                    policy: try Policy(yaml: yaml), zone: try ZoneTable(encoded: zone), position: position)
            }
        }
    }
}
