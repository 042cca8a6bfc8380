import Ingest
import Testing
import Wayfold

/// What a program of somebody else's can do with the library: no part of it is opened up for this test.
struct EmbeddingTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func line(_ number: Int, of member: String, _ type: String, at time: String) -> String {
        #"{"specversion":"1.0","id":"\#(number)","source":"shop","type":"\#(type)","subject":"member:\#(member)","#
            + #""time":"\#(time)","data":{}}"# + "\n"
    }

    /// Decodes by the rules of the folder, appends; the last position.
    private func append(_ lines: String, to writer: LogWriter, in folder: DataFolder) async throws -> Position? {
        let rules = try ImportRules(folder: folder)
        var reader = EventReader(decoder: EventDecoder(context: rules.context))
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        reader.push(Array(lines.utf8), into: &batch, rejected: &rejected)
        #expect(rejected.isEmpty)
        var last: Position?
        for verdict in try await writer.append(batch, rules.appendOptions) {
            if case .stored(let position) = verdict { last = position }
        }
        return last
    }

    @Test func `a program begins a log, appends, folds and asks while all of it stays open`() async throws {
        let folder = try DataFolder(creatingAt: scratch.data)
        guard let lock = try FolderLock(folder) else {
            Issue.record("somebody else owns a new folder")
            return
        }
        let writer = try LogWriter(folder: folder, now: SystemClock.now)
        try await writer.activateDefaultPolicy(in: folder)
        try await writer.activateDefaultPolicy(in: folder)
        let views = try OpenViews(folder: folder, catalogue: .standard)
        let first = line(1, of: "1", "page.viewed", at: "2024-03-01T10:00:00Z")
        #expect(try await append(first, to: writer, in: folder) == Position(2))

        var question = Question(view: "lifecycle", part: "customers")
        question.customer = "member:1"
        func ask() throws -> (position: Position, stage: Value?) {
            var rows: [Row] = []
            let answer = try views.answer(question) { rows.append($0) }
            return (answer.position, rows.first?[1])
        }
        #expect(try ask() == (Position(2), .text("prospect")))
        let engine = try FoldEngine(folder: folder, catalogue: .standard)
        #expect(try engine.catchUp() == Position(2))
        try engine.save()
        let paid = line(2, of: "1", "order.paid", at: "2024-03-02T10:00:00Z")
            .replacing("\"data\":{}", with: #""orderid":"a","data":{"total":{"amount":"1.00","currency":"EUR"}}"#)
        #expect(try await append(paid, to: writer, in: folder) == Position(3))
        #expect(try ask().position == Position(3))
        #expect(try ask().stage != .text("prospect"))
        _ = try engine.rebuild(["lifecycle"]) { _, _, _ in }
        #expect(try ask().position == Position(3))
        try engine.close()
        try await writer.close()
        _ = consume lock
    }
}
