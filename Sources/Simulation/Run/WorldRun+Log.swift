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
            case .refused(let refusal): try check(refusal, of: happening)
            }
        }
        guard sent.count == records.count else { throw Mismatch("the log holds more than was sent") }
    }

    private func check(_ refusal: Refusal, of happening: Happening) throws {
        let mayBeRefused: Set<EventType> = [.eventVoided, .customerMerged, .customerSplit, .customerIdentified]
        guard mayBeRefused.contains(happening.type) else {
            throw Mismatch("event \(happening.id) is refused: \(refusal)")
        }
    }

    /// Rule 8, and that a record is what was sent.
    private func check(_ record: Record, of happening: Happening, _ append: WorldStep.Append) throws {
        let last = sent.isEmpty ? Timestamp.epoch : records[sent.count - 1].recorded
        let recorded: Timestamp
        if append.isFirst, sent.allSatisfy({ $0.type == .policyActivated }) {
            recorded = .epoch
        } else if append.isImport, let occurred = happening.occurred {
            recorded = max(last, min(occurred, append.now))
        } else {
            recorded = max(last, append.now)
        }
        guard record.recorded == recorded, record.occurred == happening.occurred ?? recorded else {
            throw Mismatch("position \(record.position): recorded at \(record.recorded), not at \(recorded)")
        }
        guard record.sequence == happening.sequence, happening.type.isNone || record.type == happening.type else {
            throw Mismatch("position \(record.position): is not the event that was sent")
        }
        let alias = record.strand == 0 ? nil : try log.alias(of: StrandNumber(rawValue: record.strand))
        guard alias == happening.alias else {
            throw Mismatch("position \(record.position): belongs to \(String(describing: alias))")
        }
    }

    private func count(_ record: Record, _ append: WorldStep.Append) {
        counts[.events] += 1
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
            guard let alias = try log.alias(of: number) else { throw Mismatch("strand \(strand): has no alias") }
            // An alias that has moved belongs to its newest strand.
            var newest = number
            for other in strand...UInt32(log.strandCount) where other > strand {
                if try log.alias(of: StrandNumber(rawValue: other)) == alias { newest = StrandNumber(rawValue: other) }
            }
            guard try log.strand(of: alias) == newest else {
                throw Mismatch("strand \(strand): is not found by \(alias)")
            }
        }
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
