import Digests
import EventLog
import Foundation
import Ingest
import Projections
import Testing
import Touchpoints
import Transparency

@testable import Wayfold

/// Folders of every format that was ever released, opened by this program: `Tests/Fixtures/folders`.
///
/// `data-1` is a data folder, `backup-1` its backup and `text-1` its log as text, named after the number in their format. When one
/// of these changes, or the version of an environment in it, a folder is made with the last program that wrote the old one, and is added:
///
/// ```
/// wayfold import sent.ndjson --clock occurred --data data-1
/// wayfold checkpoint --init --origin fixture.example/log --data data-1 && wayfold checkpoint --data data-1 > checkpoint
/// wayfold backup backup-1 --data data-1 && wayfold log export text-1 --data data-1
/// find . -name 'lock*' -delete; rm data-1/signing.key; find . -name '*.mdb' | xargs gzip -9n
/// ```
struct ReleasedFormatsTests {
    private static let folders = URL(filePath: #filePath).appending(path: "../../../Fixtures/folders").standardized.path
    private let scratch = try! Scratch()

    /// A copy of a folder, its environments inflated.
    private func copy(_ name: String) throws -> String {
        let target = scratch.path + "/" + name
        try FileManager.default.copyItem(atPath: Self.folders + "/" + name, toPath: target)
        for path in try FileManager.default.subpathsOfDirectory(atPath: target) where path.hasSuffix(".gz") {
            let file = try InputFile(target + "/" + path)
            var bytes: [UInt8] = []
            while let piece = try file.next() { bytes += piece }
            try Data(bytes).write(to: URL(filePath: target + "/" + path.dropLast(3)))
            try FileManager.default.removeItem(atPath: target + "/" + path)
        }
        return target
    }

    /// Whether the folder's log is the one that was signed, and answers as it always did.
    private func check(_ folder: DataFolder) async throws {
        let key = try #require(NoteKey("fixture.example/log+2348c0a3+AXcRZN+Zrfn9q85XpWciusA0AaO33YVSd5FcbyKE7/+b"))
        let note = try String(contentsOfFile: Self.folders + "/checkpoint", encoding: .utf8)
        let signed = try #require(SignedCheckpoint(note))
        #expect(signed.isSigned(by: key))
        #expect(try LogVerifier(folder: folder, heads: [signed.head]).verify() == [])
        let answers = try ViewAnswers(folder: folder, catalogue: .standard)
        #expect(answers.log.head >= Position(9))
        let text = try String(contentsOfFile: Self.folders + "/text-1/events.ndjson", encoding: .utf8)
        var lines: [String] = []
        var selection = EventSelection()
        selection.limit = 9
        _ = try answers.events(selection) { lines.append($1) }
        #expect(lines.joined(separator: "\n") + "\n" == text)
        #expect(try rows("rfm/customers", ["customer", "frequency", "monetary"], answers) == ["member:1 2 26.90"])
        #expect(try rows("loyalty/members", ["customer", "balance", "tier"], answers) == ["member:1 26 basic"])
        #expect(
            try rows("lifecycle/customers", ["customer", "stage"], answers).sorted() == [
                "member:1 developing", "member:2 prospect",
            ])
        // What it holds is known again.
        let (summary, faults) = try await Importer.run(Self.folders + "/sent.ndjson", into: folder.path)
        #expect(faults.isEmpty && summary.new == 0 && summary.duplicates == 8)
    }

    /// Some columns of a part as they were known when the folder was made.
    private func rows(_ part: String, _ columns: [String], _ answers: ViewAnswers) throws -> [String] {
        let described = try #require(Catalogue.standard.parts.first { "\($0.view)/\($0.name)" == part })
        let places = columns.map { name in described.columns.firstIndex { $0.name == name }! }
        var question = Question(view: described.view, part: described.name)
        question.asKnown = Position(9)
        var rows: [String] = []
        try answers.answer(question) { row in rows.append(places.map { row[$0].text ?? "" }.joined(separator: " ")) }
        return rows
    }

    @Test(arguments: ["data-1"])
    func `data folders of released formats are opened`(name: String) async throws {
        try await check(DataFolder(openingAt: copy(name)))
    }

    @Test(arguments: ["backup-1"])
    func `backups of released formats are restored`(name: String) async throws {
        let backup = try LogBackup(openingAt: copy(name))
        try await check(backup.restore(to: scratch.path + "/again", epoch: 5).folder)
    }

    @Test(arguments: ["text-1"])
    func `logs that were written as text in released formats are made again`(name: String) async throws {
        let transcript = try Transcript(openingAt: copy(name))
        try await check(transcript.rebuild(at: scratch.path + "/again", epoch: 5))
    }
}
