import EventLog
public import Projections
import Touchpoints

/// A world's log and what its views answer, as text for a model of another make; the format is in ARCHITECTURE.md,
/// section 11.
public enum WorldExport {
    /// Plays the world, holds it against the model, and writes `log.ndjson`, `strands.ndjson`, `policies.ndjson` and
    /// `answers.ndjson` into a folder, which is made where there is none.
    public static func write(_ world: World, to folder: String, _ catalogue: Catalogue = .simulated) async throws {
        var world = world
        world.views = catalogue.names
        _ = try await WorldRun.run(world, catalogue) { run in
            try TextFile.makeFolder(folder)
            try TextFile.write(run.records.map { $0.json(run.log) }, to: folder + "/log.ndjson")
            try TextFile.write(try strands(run.log), to: folder + "/strands.ndjson")
            try TextFile.write(run.records.compactMap(policy), to: folder + "/policies.ndjson")
            try TextFile.write(try run.exportedAnswers(), to: folder + "/answers.ndjson")
        }
    }

    private static func strands(_ log: LogReader) throws -> [String] {
        try (0..<log.strandCount).map { number in
            let alias = try log.alias(of: StrandNumber(rawValue: UInt32(number + 1)))
            return JSONLine.object([("strand", "\(number + 1)"), ("alias", JSONLine.text(alias?.description))])
        }
    }

    private static func policy(_ record: Record) -> String? {
        guard record.type == .policyActivated else { return nil }
        return record.see { event in
            JSONLine.object([
                ("position", "\(event.position.rawValue)"), ("recorded", JSONLine.text("\(event.recorded)")),
                ("yaml", JSONLine.text(event.data.text("yaml"))), ("zone", JSONLine.text(event.data.text("zone"))),
            ])
        }
    }
}

extension Record {
    /// Everything that a fold can see of the record.
    fileprivate func json(_ log: LogReader) -> String {
        see { event in
            let names = log.dictionaries
            let data = String(decoding: ClearPart(bytes: event.clearBytes).json, as: UTF8.self)
            var attributes: [(String, String)] = []
            for attribute in [ClearAttribute.campaign, .caseid, .about] {
                if let text = event.attribute(attribute) { attributes.append(("\(attribute)", JSONLine.text(text))) }
            }
            let who: [(String, String)] = [
                ("strand", "\(strand)"), ("otherStrand", "\(otherStrand)"), ("decision", JSONLine.text("\(decision)")),
                ("formerStrand", "\(formerStrand)"),
                ("leavingStrands", "[\(leavingStrands.map(String.init).joined(separator: ","))]"),
                ("voided", voided.map { "\($0.rawValue)" } ?? "null"),
            ]
            let what: [(String, String)] = [
                ("type", JSONLine.text(names.name(of: event.type))),
                ("source", JSONLine.text(names.name(of: event.source))),
                ("channel", JSONLine.text(event.channel.isNone ? nil : names.name(of: event.channel))),
                ("session", JSONLine.text(event.session == 0 ? nil : "\(event.session)")),
                ("order", JSONLine.text(event.order == 0 ? nil : "\(event.order)")),
                ("amount", (event.money?.minorUnits ?? event.points).map { "\($0)" } ?? "null"),
                ("currency", JSONLine.text(event.money?.currency.code)),
                ("isPoints", "\(event.points != nil)"), ("flags", "\(event.flags.rawValue)"),
                ("isFolded", "\(isFolded)"), ("isTouchpoint", "\(event.isTouchpoint)"),
            ]
            let when: [(String, String)] = [
                ("position", "\(position.rawValue)"), ("occurred", JSONLine.text("\(occurred)")),
                ("recorded", JSONLine.text("\(recorded)")), ("sequence", "\(sequence)"),
            ]
            return JSONLine.object(when + what + who + attributes + [("data", data.isEmpty ? "null" : data)])
        }
    }
}

extension WorldRun {
    /// The rows of every part of every view: at the head, as of some times and as known at some positions.
    fileprivate func exportedAnswers() throws -> [String] {
        let answers = try ViewAnswers(folder: folder, catalogue: catalogue, tuning: tuning, isFresh: true)
        var lines: [String] = []
        for part in catalogue.parts {
            for question in try questions(about: part) {
                for cut in cuts(of: question) { lines.append(line(answers, cut, part)) }
            }
        }
        return lines
    }

    private func line(_ answers: ViewAnswers, _ question: Question, _ part: PartDescription) -> String {
        var rows: [String] = []
        var failure: String?
        do {
            try answers.answer(question) { rows.append("[\($0.map(JSONLine.value).joined(separator: ","))]") }
        } catch {
            failure = "\(error)"
        }
        let options = question.options.sorted { $0.key < $1.key }.map { ($0.key, JSONLine.text($0.value)) }
        return JSONLine.object([
            ("view", JSONLine.text(part.view)), ("part", JSONLine.text(part.name)),
            ("customer", JSONLine.text(question.customer)), ("options", JSONLine.object(options)),
            ("asOf", JSONLine.text(question.asOf.map { "\($0)" })),
            ("asKnown", question.asKnown.map { "\($0.rawValue)" } ?? "null"),
            ("columns", "[\(part.columns.map { JSONLine.text($0.name) }.joined(separator: ","))]"),
            ("rows", "[\(rows.joined(separator: ","))]"), ("refused", JSONLine.text(failure)),
        ])
    }
}
