import EventLog
import Foundation
import Projections
import Testing
import Touchpoints

@testable import Wayfold

struct TranscriptTests {
    private let scratch = try! Scratch()

    private func bytes(_ folder: String, _ file: Transcript.File) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: scratch.path + "/" + folder + "/" + file.rawValue)))
    }

    private func leaves(_ folder: DataFolder) throws -> [[UInt8]] {
        var all: [[UInt8]] = []
        let log = try LogLeaves(folder: folder)
        try log.forEachLeaf(from: Position(1), through: log.head) { _, leaf in
            all.append((0..<leaf.byteCount).map { leaf.unsafeLoad(fromByteOffset: $0, as: UInt8.self) })
        }
        return all
    }

    private func listed(_ folder: DataFolder) throws -> [String] {
        var lines: [String] = []
        let answers = try ViewAnswers(folder: folder, catalogue: Catalogue([]))
        var selection = EventSelection()
        selection.limit = .max
        _ = try answers.events(selection) { lines.append($1) }
        return lines
    }

    @Test func `a log comes back from its text: positions, leaves, names, duplicates, and the text itself`()
        async throws
    {
        let sent = RichLog.text + RichLog.long
        let source = try await RichLog.write(sent, into: scratch.data)
        #expect(try LogVerifier(folder: source).verify() == [])
        let manifest = try TranscriptExport(source, to: scratch.path + "/text").run()
        let lines = try listed(source)
        #expect(manifest.events == UInt64(lines.count) && lines.count == 16 && manifest.epoch == 1)
        #expect(try bytes("text", .events) == Array((lines.joined(separator: "\n") + "\n").utf8))
        #expect(try bytes("text", .headers) == Array(leaves(source).joined(separator: [10])) + [10])
        #expect(try String(decoding: bytes("text", .headers), as: UTF8.self).contains(#""dataSHA256":"#))
        let root = try LogLeaves(folder: source).roots(ofFirst: [manifest.events])[0]
        #expect(manifest.root == "\(root)")
        #expect(
            try scratch.names(in: "text") == [
                "events.ndjson", "headers.ndjson", "manifest.json", "salts.ndjson", "secret",
            ])

        let folder = try Transcript(openingAt: scratch.path + "/text").rebuild(at: scratch.path + "/again", epoch: 9)
        #expect(folder.epoch == 9 && folder.secret == source.secret)
        #expect(try LogVerifier(folder: folder).verify() == [])
        #expect(try leaves(folder) == leaves(source) && listed(folder) == lines)
        let (before, after) = (try LogReader(folder: source), try LogReader(folder: folder))
        #expect(before.dictionaries == after.dictionaries && before.activations.count == after.activations.count)
        #expect(before.decisions(.start...before.head) == after.decisions(.start...after.head))
        _ = try TranscriptExport(folder, to: scratch.path + "/twice").run()
        for file in Transcript.File.allCases { #expect(try bytes("twice", file) == bytes("text", file), "\(file)") }

        let file = try scratch.file("sent.ndjson", sent)
        let (summary, faults) = try await Importer.run(file, into: folder.path)
        #expect(faults.isEmpty && summary.new == 0 && summary.duplicates == 13)
    }

    @Test func `a log without events comes back, and while a log grows its text is that of one position`() async throws
    {
        let source = try DataFolder(creatingAt: scratch.data)
        let writer = try LogWriter(folder: source, now: SystemClock.now)
        #expect(try TranscriptExport(source, to: scratch.path + "/none").run().events == 0)
        let empty = try Transcript(openingAt: scratch.path + "/none").rebuild(at: scratch.path + "/again", epoch: 2)
        #expect(try LogReader(folder: empty).head == .start)
        for round in 0..<5 {
            let lines = (0..<50).map { Sample.event("\(round)-\($0)", subject: "member:\($0 % 7)") }
            _ = try await writer.append(Sample.drafts(lines.joined()), AppendOptions())
            let manifest = try TranscriptExport(source, to: scratch.path + "/\(round)").run()
            #expect(manifest.events == UInt64(50 * (round + 1)))
        }
        try await writer.close()
    }

    @Test func `what is not empty is not written into, and what is no text of a log is none`() async throws {
        let source = try DataFolder(creatingAt: scratch.data)
        _ = try LogWriter(folder: source, now: SystemClock.now)
        func refusal(_ body: () throws -> Void) -> String {
            do { try body() } catch { return "\(error)" }
            return ""
        }
        #expect(refusal { _ = try TranscriptExport(source, to: scratch.path).run() }.contains("not empty"))
        try FileManager.default.createDirectory(atPath: scratch.path + "/text.begun", withIntermediateDirectories: true)
        #expect(
            refusal { _ = try TranscriptExport(source, to: scratch.path + "/text").run() }.contains("remove it first"))
        try FileManager.default.removeItem(atPath: scratch.path + "/text.begun")
        _ = try TranscriptExport(source, to: scratch.path + "/text").run()
        #expect(refusal { _ = try Transcript(openingAt: scratch.data) }.contains("has no manifest.json"))
        let text = try Transcript(openingAt: scratch.path + "/text")
        #expect(refusal { _ = try text.rebuild(at: scratch.data, epoch: 2) }.contains("not empty"))
        try Data([1, 2]).write(to: URL(filePath: text.path + "/secret"))
        #expect(refusal { _ = try text.rebuild(at: scratch.path + "/x", epoch: 2) }.contains("secret: is not the file"))
        let manifest = text.path + "/manifest.json"
        for (old, new, why) in [
            ("log 1", "log 2", "knows wayfold log 1"), ("epoch\" : 1", "epoch\" : 0", "epoch"),
            ("events\" : 0", "events\" : \(UInt64.max)", "more than a log"), ("{", "[", "expected"),
        ] {
            let written = try String(contentsOfFile: manifest, encoding: .utf8)
            #expect(written.contains(old))
            try written.replacing(old, with: new, maxReplacements: 1).write(
                toFile: manifest, atomically: true, encoding: .utf8)
            #expect(refusal { _ = try Transcript(openingAt: text.path) }.contains(why))
            try written.write(toFile: manifest, atomically: true, encoding: .utf8)
        }
    }
}
