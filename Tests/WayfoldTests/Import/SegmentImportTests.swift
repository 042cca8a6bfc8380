import EventLog
import Foundation
import Ingest
import Testing
import Touchpoints

@testable import Wayfold

/// Segment's messages and access logs, from a file into a log.
struct SegmentImportTests {
    private static func fixture(_ name: String) -> String {
        URL(filePath: #filePath).appending(path: "../../../Fixtures/\(name)").standardizedFileURL.path
    }

    private static func run(
        _ file: String, into data: String, _ format: (ImportRules) -> ImportFormat
    ) async throws -> ImportSummary {
        let session = try await WriteSession.open(path: data, worker: FakeWorker.idle)
        let rules = try ImportRules(folder: session.folder)
        var options = Importer.Options()
        options.format = format(rules)
        let summary = try await Importer(rules: rules, options: options).run([file], into: session, rules: rules)
        try await session.finish()
        return summary
    }

    @Test func `messages that are imported again are all duplicates, and who is identified is one customer`()
        async throws
    {
        let scratch = try Scratch()
        let lines = [
            #"{"type":"page","messageId":"1","anonymousId":"f3","timestamp":"2026-03-01T09:00:00Z","name":"Start"}"#,
            #"{"type":"identify","messageId":"2","anonymousId":"f3","userId":"7","timestamp":"2026-03-01T09:00:01Z","traits":{"a":1}}"#,
            #"{"type":"track","messageId":"3","userId":"7","event":"Order Completed","properties":{"total":5,"order_id":"A"},"timestamp":"2026-03-01T09:00:02Z"}"#,
            #"{"type":"track","messageId":"4","userId":"7"}"#,
        ]
        let file = try scratch.file("messages", lines.joined(separator: "\n"))
        let first = try await Self.run(file, into: scratch.data) { .segment($0.policy.segment) }
        #expect((first.new, first.refused) == (4, 1))
        let sent = lines.map {
            $0.dropLast() + #","sentAt":"2026-03-02T00:00:00Z","receivedAt":"2026-03-02T00:00:07Z"}"#
        }
        let again = try scratch.file("again", "[\(sent.joined(separator: ","))]")
        let second = try await Self.run(again, into: scratch.data) { .segment($0.policy.segment) }
        #expect((second.new, second.duplicates, second.conflicts, second.refused) == (0, 4, 0, 1))
        let log = try LogReader(folder: DataFolder(openingAt: scratch.data))
        let page = try log.event(at: Position(rawValue: 2))
        #expect(page.type == .pageViewed)
        #expect(page.occurred.description == "2026-03-01T09:00:00Z")
    }

    @Test func `an access log that is imported again is all duplicates`() async throws {
        let scratch = try Scratch()
        let file = Self.fixture("access-log/site.log")
        let first = try await Self.run(file, into: scratch.data) { .accessLog($0.policy.accessLog) }
        #expect((first.new, first.refused) == (10, 5))
        let second = try await Self.run(file, into: scratch.data) { .accessLog($0.policy.accessLog) }
        #expect((second.new, second.duplicates, second.refused) == (0, 10, 5))
    }
}
