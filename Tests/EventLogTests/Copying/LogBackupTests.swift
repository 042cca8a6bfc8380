import Digests
import Foundation
import LMDB
import Testing
import Touchpoints
import Transparency

@testable import EventLog

struct LogBackupTests {
    private let scratch: Scratch
    private let source: DataFolder
    private var place: String { scratch.path + "/backup" }

    init() async throws {
        scratch = try Scratch()
        source = try scratch.folder
    }

    private func append(_ ids: Range<Int>) async throws {
        let writer = try LogWriter(source)
        for start in stride(from: ids.lowerBound, to: ids.upperBound, by: 7) {
            let events = (start..<min(start + 7, ids.upperBound)).map { TestEvent(id: $0, value: "\($0 % 5)") }
            try await writer.append(events)
        }
        try await writer.close()
    }

    private func backUp() throws -> LogBackup.Outcome { try LogBackup(of: source, at: place).update(from: source) }

    /// Every value of the log, table by table.
    private func values(_ folder: DataFolder) throws -> [[UInt8]] {
        let tables = try LogTables(folder, .readOnly)
        var values: [[UInt8]] = []
        try tables.environment.read { transaction in
            for table in [tables.blocks, tables.personal] {
                var cursor = try transaction.cursor(in: table)
                var isFound = try cursor.first()
                while isFound {
                    values.append(cursor.key.copied() + cursor.value.copied())
                    isFound = try cursor.next()
                }
            }
        }
        return values
    }

    /// Changes one bit of a value.
    private func damage(_ first: UInt64, in table: Table, _ environment: Environment) throws {
        var bytes = try environment.read { try $0.value(in: table, for: first)!.copied() }
        bytes[bytes.count - 50] ^= 1
        try environment.write { try $0.put(bytes, for: first, in: table) }
    }

    private func refusal(_ body: () throws -> Void) -> String {
        do { try body() } catch { return "\(error)" }
        return ""
    }

    @Test func `a backup brings what is new, and what is restored has the same bytes in a new life`() async throws {
        try await append(0..<40)
        let first = try backUp()
        #expect(first.position == Position(40) && first.events == 40 && first.byteCount > 0)
        #expect(try backUp() == LogBackup.Outcome(position: Position(40), events: 0, byteCount: 0))
        try await append(40..<60)
        #expect(try backUp().events == 20)
        let backup = try LogBackup(openingAt: place)
        #expect(backup.epoch == 1)
        let (folder, outcome) = try backup.restore(to: scratch.path + "/again", epoch: 77)
        #expect(outcome.position == Position(60) && outcome.events == 60)
        #expect(folder.epoch == 77 && folder.secret == source.secret)
        #expect(try values(folder) == values(source))
        #expect(try LogVerifier(folder: folder).verify().isEmpty)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "epoch", "format", "lock", "log", "secret",
            ])
        // The life goes on: what was there is known.
        let writer = try LogWriter(folder)
        #expect(try await writer.append([TestEvent(id: 3, value: "3")]) == [.duplicate(Position(4))])
        #expect(try await writer.append([TestEvent(id: 99)]) == [.stored(Position(61))])
        try await writer.close()
    }

    @Test func `of a backup that is not the log that was signed no folder is made`() async throws {
        try await append(0..<40)
        _ = try backUp()
        let (backup, again) = (try LogBackup(openingAt: place), scratch.path + "/again")
        let roots = try LogLeaves(folder: source).roots(ofFirst: [39, 40])
        func head(_ size: UInt64, _ root: Digest256) -> TreeHead { TreeHead(origin: "a", size: size, root: root) }
        let bad = [
            (head(41, roots[1]), "ends at 40, and 41 events were signed"),
            (head(39, roots[1]), "its first 39 events are others"),
        ]
        for (other, why) in bad {
            let told = refusal {
                _ = try backup.restore(to: again, epoch: 2, holding: [other, head(40, roots[1])])
            }
            #expect(told.contains(why))
            #expect(throws: LogError.self) { try DataFolder(openingAt: again) }
        }
        let restored = try backup.restore(to: again, epoch: 2, holding: [head(40, roots[1]), head(39, roots[0])])
        #expect(restored.outcome.position == Position(40))
    }

    @Test func `none is made within the data folder, by whatever name`() async throws {
        try await append(1..<3)
        let link = scratch.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: source.path)
        for place in [source.path + "/backup", source.path + "/backup/", source.path, link + "/backup"] {
            let told = refusal { _ = try LogBackup(of: source, at: place) }
            #expect(told.contains("lies in the data folder") || place == source.path && !told.isEmpty, "\(told)")
            #expect(!FileManager.default.fileExists(atPath: source.path + "/backup"))
        }
        _ = try LogBackup(of: source, at: source.path + "-backup").update(from: source)
    }

    @Test func `a backup of an empty log is one, and a restored log is backed up with its life`() async throws {
        try await append(0..<0)
        #expect(try backUp().position == .start)
        let (folder, _) = try LogBackup(openingAt: place).restore(to: scratch.path + "/again", epoch: 5)
        let second = try LogBackup(of: folder, at: scratch.path + "/second")
        _ = try second.update(from: folder)
        #expect(try LogBackup(openingAt: second.path).epoch == 5)
    }

    @Test func `a backup is made while the log is appended to`() async throws {
        try await append(0..<10)
        let writer = try LogWriter(source)
        var positions: [Position] = []
        for round in 1...20 {
            try await writer.append((0..<5).map { TestEvent(id: round * 100 + $0) })
            positions.append(try backUp().position)
        }
        try await writer.close()
        #expect(positions.map(\.rawValue) == Array(stride(from: 15, through: 110, by: 5)))
        let (folder, _) = try LogBackup(openingAt: place).restore(to: scratch.path + "/again", epoch: 2)
        #expect(try values(folder) == values(source))
    }

    @Test func `what is interrupted goes on, and nothing is a data folder before it is whole`() async throws {
        try await append(0..<30)
        _ = try backUp()
        let again = scratch.path + "/again"
        let backup = try LogBackup(openingAt: place)
        let folder = try backup.restore(to: again, epoch: 9).folder
        // As it lies before the last step.
        try FileManager.default.moveItem(atPath: folder.path + "/format", toPath: scratch.path + "/format")
        try Data(folder.secret).write(to: URL(filePath: folder.path + "/restoring"))
        #expect(throws: LogError.self) { try DataFolder(creatingAt: again) }
        #expect(try backup.restore(to: again, epoch: 10).outcome.events == 0)
        #expect(try DataFolder(openingAt: again).epoch == 10)
        // A backup without its format was never finished making, and is taken up again.
        try FileManager.default.createDirectory(atPath: scratch.path + "/begun", withIntermediateDirectories: true)
        try Data(source.secret).write(to: URL(filePath: scratch.path + "/begun/secret"))
        #expect(try LogBackup(of: source, at: scratch.path + "/begun").update(from: source).events == 30)
    }

    @Test func `what does not fit is refused, and nothing is written over`() async throws {
        try await append(0..<10)
        _ = try backUp()
        #expect(refusal { _ = try DataFolder(openingAt: place) }.contains("is a backup"))
        #expect(refusal { _ = try LogBackup(openingAt: source.path) }.contains("no backup"))
        #expect(refusal { _ = try LogBackup(of: source, at: source.path) }.contains("no backup"))
        #expect(refusal { _ = try LogBackup(of: source, at: scratch.path) }.contains("not empty"))
        let backup = try LogBackup(openingAt: place)
        #expect(refusal { _ = try backup.restore(to: scratch.path, epoch: 2) }.contains("not empty"))
        #expect(refusal { _ = try backup.restore(to: source.path, epoch: 2) }.contains("not empty"))
        let other = try Scratch()
        let stranger = try other.folder
        #expect(refusal { _ = try LogBackup(of: stranger, at: place) }.contains("another data folder"))
        // A log that was restored at 10 and went on another way than the one that was backed up at 17.
        let (folder, _) = try backup.restore(to: scratch.path + "/again", epoch: 2)
        try await append(10..<17)
        _ = try backUp()
        let writer = try LogWriter(folder)
        try await writer.append((50..<70).map { TestEvent(id: $0) })
        try await writer.close()
        #expect(
            refusal { _ = try LogBackup(of: folder, at: place).update(from: folder) }.contains("not those of this log"))
    }

    @Test(arguments: ["blocks", "personal"])
    func `damage is not copied`(table: String) async throws {
        try await append(0..<14)
        let tables = try LogTables(source, .readWrite)
        try damage(8, in: table == "blocks" ? tables.blocks : tables.personal, tables.environment)
        #expect(throws: LogError.self) { try backUp() }
        let backup = try LogBackup(openingAt: place)
        #expect(refusal { _ = try backup.restore(to: scratch.path + "/again", epoch: 2) } == "")
    }
}
