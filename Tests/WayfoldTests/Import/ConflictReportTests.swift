import EventLog
import Testing
import Touchpoints

@testable import Wayfold

struct ConflictReportTests {
    static let changes: [(String, [String])] = [
        (Sample.event("1", type: "seat.left", more: more, data: data), ["type"]),
        (Sample.event("1", subject: "member:2", more: more, data: data), ["subject"]),
        (Sample.event("1", subject: "1", more: more, data: data), ["subject"]),
        (Sample.event("1", time: "2020-01-01T00:00:01Z", more: more, data: data), ["time"]),
        (Sample.event("1", more: more.replacing("web", with: "app"), data: data), ["channel"]),
        (Sample.event("1", more: #""sequence":"2","# + more, data: data), ["sequence"]),
        (Sample.event("1", more: more.replacing("o1", with: "o2"), data: data), ["orderid"]),
        (Sample.event("1", more: more.replacing("bar", with: "baz"), data: data), ["foo"]),
        (Sample.event("1", more: more.replacing(#""foo":"bar","#, with: ""), data: data), ["foo"]),
        (Sample.event("1", more: more, data: data.replacing("12A", with: "12B")), ["data.seat"]),
        (Sample.event("1", more: more, data: data.replacing("true", with: "false")), ["data.row.window"]),
        (Sample.event("1", more: more, data: data.replacing("1.0", with: "1.00")), ["data.n"]),
        (Sample.event("1", more: more, data: #"{"seat":"12A"}"#), ["data.n", "data.row"]),
        (Sample.event("1", more: more, data: "5"), ["data"]),
        (
            Sample.event("1", type: "seat.left", more: more, data: #"{"n":1.0,"row":{"window":true},"seat":"x"}"#),
            ["type", "data.seat"]
        ),
    ]
    private static let more = #""channel":"web","orderid":"o1","foo":"bar","#
    private static let data = #"{"seat":"12A","row":{"window":true},"n":1.0}"#

    @Test(arguments: changes)
    func `the fields that differ are named`(changed: String, fields: [String]) async throws {
        let scratch = try Scratch()
        let first = try scratch.file("first", Sample.event("1", more: Self.more, data: Self.data))
        #expect(try await Importer.run(first, into: scratch.data).summary.new == 1)
        let (summary, faults) = try await Importer.run(try scratch.file("second", "\n" + changed), into: scratch.data)
        #expect(summary == ImportSummary.of(conflicts: 1))
        guard case .conflict(_, let line, let id, let position, let differing, let event) = faults.first else {
            Issue.record("no conflict was told: \(faults)")
            return
        }
        #expect((line, id, position.rawValue) == (2, "1", 2))
        #expect(Set(differing) == Set(fields))
        // The text that is kept is that event: it is a duplicate of it.
        let other = scratch.path + "/other"
        #expect(try await Importer.run(try scratch.file("a", changed), into: other).summary.new == 1)
        #expect(try await Importer.run(try scratch.file("b", event), into: other).summary.duplicates == 1)
    }

    @Test func `other spellings of the same content are duplicates`() async throws {
        let scratch = try Scratch()
        let first = try scratch.file("first", Sample.event("1", more: Self.more, data: Self.data))
        _ = try await Importer.run(first, into: scratch.data)
        let same = Sample.event(
            "1", time: "2020-01-01T01:00:00.000+01:00", more: #" "foo" : "b\u0061r","orderid":"o1","channel":"web","#,
            data: #"{"n":1.0, "row":{"window":true}, "seat":"12\u0041"}"#)
        let (summary, _) = try await Importer.run(try scratch.file("same", same), into: scratch.data)
        #expect(summary == ImportSummary.of(duplicates: 1))
    }

    /// Events that the log stores otherwise than they came; each with what must come before and a changed one.
    struct Decided: Sendable {
        var before: [String] = []
        var sent: String
        var changed: String
        var fields: [String]
        var decision = IdentityDecision.none
    }

    private static func identified(_ id: String, _ a: String, _ b: String, by: String = "login") -> String {
        Sample.event(id, type: "customer.identified", subject: a, data: #"{"alias":"\#(b)","by":"\#(by)"}"#)
    }
    private static func split(reason: String) -> String {
        let data = #"{"aliases":["cookie:c"],"reason":"\#(reason)"}"#
        return Sample.event("1", type: "customer.split", subject: "member:1", data: data)
    }
    private static func voided(position: Int) -> String {
        Sample.event("1", type: "event.voided", data: #"{"position":\#(position)}"#)
    }
    private static let known = identified("0", "cookie:c", "member:1")

    @Test(arguments: [
        Decided(
            sent: Sample.event("1", subject: "member:NULL"), changed: Sample.event("1", subject: "member:null"),
            fields: ["subject"]),
        Decided(
            sent: Sample.event("1", subject: "member:null"),
            changed: Sample.event("1", subject: "member:null", data: "5"),
            fields: ["data"]),
        Decided(
            sent: Sample.event("1", subject: "guest"), changed: Sample.event("1", subject: "Guest", data: "5"),
            fields: ["subject", "data"]),
        Decided(
            sent: Sample.event("1", subject: "guest"), changed: Sample.event("1", subject: "guest", data: "5"),
            fields: ["data"]),
        Decided(
            sent: identified("1", "cookie:0", "member:1"), changed: identified("1", "cookie:0", "member:1", by: "x"),
            fields: ["data.by"], decision: .blocked),
        Decided(
            before: [known], sent: identified("1", "cookie:c", "member:2"),
            changed: identified("1", "cookie:c", "member:2", by: "x"), fields: ["data.by"], decision: .moved),
        Decided(
            before: [known], sent: identified("1", "cookie:c", "member:2"),
            changed: identified("1", "cookie:d", "member:3"), fields: ["subject", "data.alias"], decision: .moved),
        Decided(
            before: [known], sent: split(reason: "a"), changed: split(reason: "b"), fields: ["data.reason"],
            decision: .split),
        Decided(
            before: [Sample.event("0"), Sample.event("00")], sent: voided(position: 2), changed: voided(position: 3),
            fields: ["data.position"]),
    ])
    func `what the log decides about an event is no part of its content`(_ decided: Decided) async throws {
        let scratch = try Scratch()
        let text = decided.before.joined() + decided.sent
        let first = try await Importer.run(try scratch.file("first", text), into: scratch.data)
        #expect(first.summary.new == decided.before.count + 1 && first.faults.isEmpty)
        do {
            // Closed before the folder is written again: one process must open the writer first.
            let log = try LogReader(folder: DataFolder(openingAt: scratch.data))
            #expect(try log.event(at: log.head).decision == decided.decision)
        }
        let (again, _) = try await Importer.run(try scratch.file("again", decided.sent), into: scratch.data)
        #expect(again == ImportSummary.of(duplicates: 1))
        let (summary, faults) = try await Importer.run(try scratch.file("changed", decided.changed), into: scratch.data)
        #expect(summary == ImportSummary.of(conflicts: 1))
        guard case .conflict(_, _, _, _, let differing, _) = faults.first else {
            Issue.record("no conflict was told: \(faults)")
            return
        }
        #expect(differing == decided.fields)
    }
}

extension ImportSummary {
    static func of(duplicates: Int = 0, conflicts: Int = 0, refused: Int = 0) -> ImportSummary {
        var summary = ImportSummary()
        (summary.duplicates, summary.conflicts, summary.refused) = (duplicates, conflicts, refused)
        return summary
    }
}
