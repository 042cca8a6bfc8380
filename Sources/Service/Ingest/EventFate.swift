import Ingest
import Touchpoints
import Wayfold

/// What became of one event of a body.
struct EventFate {
    /// Its line, or its ordinal in an array; the first is 1.
    var line: UInt64
    /// Where it could be read.
    var id: String?
    var verdict: Verdict

    init(_ rejected: RejectedEvent) {
        line = rejected.line
        id = rejected.id
        verdict = .refused(rejected.refusal)
    }

    init(_ draft: Draft, of batch: borrowing DraftBatch, _ verdict: Verdict) {
        line = draft.line
        self.verdict = verdict
        if case .stored = verdict { return }
        id = PersonalPart(bytes: Array(batch.arena[draft.personal.range]).span.bytes).id
    }

    /// The fates of all events that were read, in the order in which they came.
    static func all(
        _ batch: borrowing DraftBatch, _ verdicts: [Verdict], _ rejected: [RejectedEvent]
    ) -> [EventFate] {
        var fates = rejected.map { EventFate($0) }
        for index in verdicts.indices { fates.append(EventFate(batch.drafts[index], of: batch, verdicts[index])) }
        if !rejected.isEmpty { fates.sort { $0.line < $1.line } }
        return fates
    }
}

extension EventFate {
    /// Members of the JSON object that tells it.
    ///
    /// - Parameter place: the name under which the line is told, and what it counts from.
    func json(at place: Place) -> String {
        var text = "{\"\(place.rawValue)\":\(place == .index ? line - 1 : line)"
        if let id { text += ",\"id\":" + JSONString.quoted(id) }
        text += ",\"verdict\":\"\(verdict.name)\""
        switch verdict {
        case .stored(let position), .duplicate(let position): text += Self.place(position)
        case .conflict(let position, let differing):
            text += Self.place(position) + ",\"differing\":["
            text += differing.map(JSONString.quoted).joined(separator: ",") + "]"
        case .refused(let refusal):
            text += ",\"field\":\(JSONString.quoted(refusal.field)),\"reason\":\(JSONString.quoted(refusal.reason))"
        case .outdated(let last): text += ",\"last_position\":\(last)"
        case .withheld: break
        }
        return text + "}"
    }

    /// Nothing for what is in no log, as in a trial.
    private static func place(_ position: Position) -> String { position > .start ? ",\"position\":\(position)" : "" }

    enum Place: String { case index, line }
}

extension Verdict {
    /// The word for it: contract for programs.
    var name: String {
        switch self {
        case .stored: "stored"
        case .duplicate: "duplicate"
        case .conflict: "conflict"
        case .refused: "refused"
        case .outdated: "outdated"
        case .withheld: "withheld"
        }
    }

    /// Whether the event is in the log.
    var isKept: Bool {
        switch self {
        case .stored, .duplicate: true
        case .conflict, .refused, .outdated, .withheld: false
        }
    }
}

/// How many events became what.
struct FateTally {
    private var counts: [String: Int] = [:]
    private(set) var lastPosition: Position?
    private(set) var keptCount = 0
    private(set) var count = 0

    mutating func add(_ verdict: Verdict) {
        count += 1
        counts[verdict.name, default: 0] += 1
        if verdict.isKept { keptCount += 1 }
        switch verdict {
        case .stored(let position), .duplicate(let position):
            if position > .start { lastPosition = max(lastPosition ?? position, position) }
        default: break
        }
    }

    /// Whether there were events, and none of them is in the log.
    var isFailure: Bool { count > 0 && keptCount == 0 }

    /// Members of a JSON object.
    var members: [(name: String, report: Report)] {
        ["stored", "duplicate", "conflict", "refused", "outdated", "withheld"].map {
            ($0, .integer(counts[$0] ?? 0))
        } + [("last_position", lastPosition.map { .integer($0.rawValue) } ?? .value(.null))]
    }
}
