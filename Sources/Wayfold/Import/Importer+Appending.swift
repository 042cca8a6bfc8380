import EventLog
import Ingest
import Touchpoints

/// Appending: one batch at a time, in order.
extension Importer {
    /// Where the events go.
    enum Sink {
        case session(WriteSession)
        case dryRun(DryRun)
    }

    /// Appends all batches that `next` gives, and counts what became of them. The next one is read while the log writes.
    func append(to sink: Sink, _ next: () throws -> BatchReader.Read?) async throws {
        let settings = options.settings
        var coming = Result { try next() }
        while let read = try coming.get() {
            try report(rejectedOf: read)
            switch sink {
            case .session(let session):
                async let verdicts = session.append(read.batch, settings)
                coming = Result { try next() }
                try count(try await verdicts, of: read.batch)
            case .dryRun(let dry):
                try count(try dry.verdicts(read.batch), of: read.batch)
                coming = Result { try next() }
            }
        }
    }

    private func count(_ verdicts: [Verdict], of batch: DraftBatch) throws {
        for (draft, verdict) in zip(batch.drafts, verdicts) {
            switch verdict {
            case .stored(let position):
                summary.new += 1
                if options.isDryRun && draft.type.isDecidedByLog { summary.undecided += 1 }
                if summary.first == nil { summary.first = position }
                summary.last = position
            case .duplicate: summary.duplicates += 1
            case .conflict(let position, let differing):
                summary.conflicts += 1
                try onFault(
                    .conflict(
                        file: file(of: draft), line: line(of: draft), id: id(of: draft, batch), with: position,
                        differing: differing, event: batch.eventText(of: draft)))
            case .refused(let refusal):
                summary.refused += 1
                try onFault(
                    .refused(
                        file: file(of: draft), line: line(of: draft), id: id(of: draft, batch), refusal,
                        event: batch.eventText(of: draft)))
            case .outdated, .withheld: preconditionFailure("an import expects nothing and is not strict")
            }
        }
        report()
    }

    private func file(of draft: Draft) -> String { fileNames[Int(draft.line >> 48)] }
    private func line(of draft: Draft) -> UInt64 { draft.line & (1 << 48 - 1) }

    private func id(of draft: Draft, _ batch: DraftBatch) -> String {
        PersonalPart(bytes: Array(batch.arena[draft.personal.range]).span.bytes).id
    }
}

extension Importer.Options {
    fileprivate var settings: AppendSettings {
        var settings = AppendSettings()
        settings.isClockOccurred = isClockOccurred
        settings.isBackfill = isBackfill
        return settings
    }
}

extension EventType {
    /// Whether the log must find other aliases or events before it can take an event of the type.
    fileprivate var isDecidedByLog: Bool {
        switch self {
        case .customerIdentified, .customerMerged, .customerSplit, .eventVoided: true
        default: false
        }
    }
}
