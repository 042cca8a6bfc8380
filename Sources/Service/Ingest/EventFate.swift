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
    /// The name under which the line is told, and what it counts from.
    enum Place: String { case index, line }

    /// The JSON object that tells it.
    func json(at place: Place) -> String { Self.text { append(at: place, to: &$0) } }

    /// The JSON objects of all as an array. About 50 ns each.
    static func list(_ fates: [EventFate], at place: Place) -> String {
        text { text in
            var separator = UInt8(ascii: "[")
            for fate in fates {
                text.append(separator)
                fate.append(at: place, to: &text)
                separator = UInt8(ascii: ",")
            }
            text.append(UInt8(ascii: "]"))
        }
    }

    /// The JSON objects of all, each on a line.
    static func lines(_ fates: [EventFate]) -> String {
        text { text in
            for fate in fates {
                fate.append(at: .line, to: &text)
                text.append(UInt8(ascii: "\n"))
            }
        }
    }

    private static func text(_ write: (inout ByteBuffer) -> Void) -> String {
        var text = ByteBuffer()
        write(&text)
        return String(decoding: text.copied, as: UTF8.self)
    }

    private func append(at place: Place, to text: inout ByteBuffer) {
        text.append(plain: place == .index ? "{\"index\":" : "{\"line\":")
        text.append(decimal: place == .index ? line - 1 : line)
        if let id { text.append(plain: ",\"id\":" + JSONString.quoted(id)) }
        text.append(plain: ",\"verdict\":\"")
        text.append(plain: verdict.name)
        text.append(UInt8(ascii: "\""))
        switch verdict {
        case .stored(let position), .duplicate(let position): Self.append(position, to: &text)
        case .conflict(let position, let differing):
            Self.append(position, to: &text)
            text.append(plain: ",\"differing\":[" + differing.map(JSONString.quoted).joined(separator: ",") + "]")
        case .refused(let refusal):
            text.append(plain: ",\"field\":" + JSONString.quoted(refusal.field))
            text.append(plain: ",\"reason\":" + JSONString.quoted(refusal.reason))
        case .outdated(let last):
            text.append(plain: ",\"last_position\":")
            text.append(decimal: last.rawValue)
        case .withheld: break
        }
        text.append(UInt8(ascii: "}"))
    }

    /// Nothing for what is in no log, as in a trial.
    private static func append(_ position: Position, to text: inout ByteBuffer) {
        guard position > .start else { return }
        text.append(plain: ",\"position\":")
        text.append(decimal: position.rawValue)
    }
}

extension ByteBuffer {
    fileprivate mutating func append(plain text: String) { append(bytes: text.utf8.span.bytes) }
}

extension Verdict {
    /// What a verdict can be; the words, and their order, are contract for programs.
    enum Kind: String, CaseIterable { case stored, duplicate, conflict, refused, outdated, withheld }

    var kind: Kind {
        switch self {
        case .stored: .stored
        case .duplicate: .duplicate
        case .conflict: .conflict
        case .refused: .refused
        case .outdated: .outdated
        case .withheld: .withheld
        }
    }

    var name: String { kind.rawValue }

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
    private var counts: [Verdict.Kind: Int] = [:]
    private(set) var lastPosition: Position?
    private(set) var keptCount = 0
    private(set) var count = 0

    mutating func add(_ verdict: Verdict) {
        count += 1
        counts[verdict.kind, default: 0] += 1
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
        Verdict.Kind.allCases.map { ($0.rawValue, .integer(counts[$0] ?? 0)) }
            + [("last_position", lastPosition.map { .integer($0.rawValue) } ?? .value(.null))]
    }
}
