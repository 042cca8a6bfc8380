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
}

extension ImportSummary {
    static func of(duplicates: Int = 0, conflicts: Int = 0, refused: Int = 0) -> ImportSummary {
        var summary = ImportSummary()
        (summary.duplicates, summary.conflicts, summary.refused) = (duplicates, conflicts, refused)
        return summary
    }
}
