import Ingest
import Projections
import Touchpoints
import Wayfold

/// Tells which events were not stored and why: the first ones to people, all to the file of rejects.
final class FaultReport {
    static let shownCount = 20

    private let console = Console.current
    private let rejects: RejectFile?
    private var count = 0

    /// - Parameter path: of the file of rejects, which is made anew; nil: none is kept.
    init(keptAt path: String?) throws { rejects = try path.map { try RejectFile($0) } }

    /// Whether the next event is told to people.
    var tellsNext: Bool { count < Self.shownCount }

    func take(_ fault: Importer.Fault) throws {
        let isTold = tellsNext
        count += 1
        let entry = RejectedEntry(fault)
        if isTold { console.remark("wayfold: \(entry.line)".withoutControls) }
        try rejects?.write(entry)
    }

    /// Says how many more there were, and closes the file.
    func end() throws {
        if count > Self.shownCount { console.remark("wayfold: ... and \(count - Self.shownCount) more") }
        try rejects?.flush()
    }
}

/// One event that was not stored, in words.
struct RejectedEntry {
    var file: String
    var lineNumber: UInt64
    var id: String?
    /// `refused` or `conflict`.
    var verdict: String
    var field: String
    var reason: String
    /// The event as it came where it could not be read, else its JSON.
    var raw: String

    init(_ fault: Importer.Fault) {
        switch fault {
        case .rejected(let file, let event):
            self.init(
                file: file, lineNumber: event.line, id: event.id, verdict: "refused", field: event.refusal.field,
                reason: event.refusal.reason, raw: String(decoding: event.raw, as: UTF8.self))
        case .refused(let file, let line, let id, let refusal, let event):
            self.init(
                file: file, lineNumber: line, id: id, verdict: "refused", field: refusal.field, reason: refusal.reason,
                raw: event)
        case .conflict(let file, let line, let id, let position, let differing, let event):
            let what = differing.isEmpty ? "" : ": \(differing.joined(separator: ", "))"
            self.init(
                file: file, lineNumber: line, id: id, verdict: "conflict", field: differing.joined(separator: ","),
                reason: "its source and id stand at position \(position) with other content\(what)", raw: event)
        }
    }

    private init(
        file: String, lineNumber: UInt64, id: String?, verdict: String, field: String, reason: String, raw: String
    ) {
        self.file = file
        self.lineNumber = lineNumber
        self.id = id
        self.verdict = verdict
        self.field = field
        self.reason = reason
        self.raw = raw
    }

    /// `FILE:LINE: id ID: VERDICT: FIELD: REASON`.
    var line: String {
        var text = "\(file == "-" ? "standard input" : file):\(lineNumber): "
        if let id, !id.isEmpty { text += "id \(id): " }
        text += verdict + ": "
        if verdict == "refused" && !field.isEmpty { text += field + ": " }
        return text + reason
    }

    /// The entry as one JSON object.
    var report: Report {
        .fields([
            ("file", .text(file)), ("line", .integer(lineNumber)), ("id", .text(id)), ("verdict", .text(verdict)),
            ("field", .text(field)), ("reason", .text(reason)), ("event", .text(raw)),
        ])
    }
}
