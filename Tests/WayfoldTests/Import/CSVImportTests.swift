import Ingest
import Testing
import Touchpoints

@testable import Wayfold

struct CSVImportTests {
    @Test func `equal rows of two files are different events, and the same files again are duplicates`() async throws {
        let scratch = try Scratch()
        let names = [
            try scratch.file("a.csv", "what,who\nseat.chosen,1\nseat.chosen,1\n"),
            try scratch.file("b.csv", "what,who\nseat.chosen,1\nseat.chosen,2\n"),
        ]
        let session = try await WriteSession.open(path: scratch.data, worker: FakeWorker.idle)
        let rules = try ImportRules(folder: session.folder)
        let mapping = try CSVMapping(
            yaml: "attributes: { source: { constant: shop }, type: what, subject: { column: who, kind: member } }")
        var options = Importer.Options()
        options.format = .csv(mapping, .utc)
        let first = try await Importer(rules: rules, options: options).run(names, into: session, rules: rules)
        let second = try await Importer(rules: rules, options: options).run(names, into: session, rules: rules)
        try await session.finish()
        #expect((first.new, first.total) == (4, 4))
        #expect(second == ImportSummary.of(duplicates: 4))
    }
}
