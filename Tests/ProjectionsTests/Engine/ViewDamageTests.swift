import EventLog
import Foundation
@testable import LMDB
import Testing
import Touchpoints

@testable import Projections

/// Views are disposable: damage to one of them costs a fold, and nothing else.
struct ViewDamageTests {
    enum Damage: CaseIterable {
        case cut, emptied, overwritten, removed, currentIsGarbage, currentIsTooLarge, currentNamesNothing

        func harm(_ views: ViewFolder) throws {
            let data = views.path(of: 1) + "/data.mdb"
            let bytes = try #require(FileManager.default.contents(atPath: data))
            switch self {
            case .cut: try bytes.prefix(3 * 4096).write(to: URL(filePath: data))
            case .emptied: try Data().write(to: URL(filePath: data))
            case .overwritten: try Data(repeating: 0x5A, count: bytes.count).write(to: URL(filePath: data))
            case .removed: try FileManager.default.removeItem(atPath: data)
            case .currentIsGarbage: try Data([0xFF, 0, 7]).write(to: URL(filePath: views.path + "/current"))
            case .currentIsTooLarge: try Data("\(Int.max)\n".utf8).write(to: URL(filePath: views.path + "/current"))
            case .currentNamesNothing: try Data("77\n".utf8).write(to: URL(filePath: views.path + "/current"))
            }
        }
    }

    /// Two views over one log; the files of `gapped` are harmed.
    private func journal(_ damage: Damage) async throws -> Journal {
        let journal = try await Journal(policy: "journey: {sessionGap: 1h}")
        try await journal.append([Happening(.pageViewed, at: 1), Happening(.pageViewed, at: 2)], now: 3)
        try journal.fold([Gapped.self, Trail.self])
        try damage.harm(journal.views(of: Gapped.self))
        return journal
    }

    @Test(arguments: Damage.allCases) func `a query folds in memory what cannot be read`(damage: Damage) async throws {
        let journal = try await journal(damage)
        #expect(try journal.ask(Gapped.self).rows == [[.integer(2)]])
    }

    @Test(arguments: Damage.allCases) func `the next fold makes a new generation, of that view only`(
        damage: Damage
    ) async throws {
        let journal = try await journal(damage)
        try await journal.append([Happening(.pageViewed, at: 4)], now: 4)
        let others = Trail.self
        try journal.fold([Gapped.self, others])
        #expect(try journal.ask(Gapped.self).rows == [[.integer(3)]])
        #expect(try journal.check(Gapped.self) == [])
        let answers = try ViewAnswers(folder: journal.folder, catalogue: Catalogue([Gapped.self, others]))
        let status = try #require(try answers.status(of: "gapped"))
        #expect(!status.isDamaged)
        #expect(status.checkpoint == Position(4))
        #expect(try answers.status(of: others.name)?.generation == 1)
    }

    @Test(arguments: [Damage.cut, .emptied, .overwritten, .currentIsGarbage]) func `a rebuild mends it`(
        damage: Damage
    ) async throws {
        let journal = try await journal(damage)
        let engine = try FoldEngine(folder: journal.folder, catalogue: Catalogue([Gapped.self, Trail.self]))
        #expect(try engine.rebuild(["gapped"]) { _, _, _ in }.count == 1)
        try engine.close()
        #expect(try journal.check(Gapped.self) == [])
    }

    @Test(arguments: [Damage.cut, .emptied, .overwritten, .currentIsGarbage]) func `its status says that it is damaged`(
        damage: Damage
    ) async throws {
        let journal = try await journal(damage)
        let answers = try ViewAnswers(folder: journal.folder, catalogue: Catalogue([Gapped.self, Trail.self]))
        #expect(try answers.status(of: "gapped")?.isDamaged == true)
        #expect(try answers.status(of: Trail.name)?.isDamaged == false)
    }

    @Test func `what an interrupted rebuild left damaged is made anew`() async throws {
        let journal = try await Journal()
        try await journal.append([Happening(.pageViewed, at: 1)], now: 3)
        try journal.generation(Gapped.self, 1).close()
        try Damage.cut.harm(journal.views(of: Gapped.self))
        try journal.fold([Gapped.self])
        #expect(try journal.check(Gapped.self) == [])
    }

    @Test(arguments: [
        LMDBError.Reason.alreadyOpen, .diskFull, .mapFull, .code(13), .code(24), .commitUnknown(code: 5), .closed,
    ]) func `what is not damage is thrown`(reason: LMDBError.Reason) {
        #expect(!ViewDamage.isMeant(by: LMDBError(reason)))
    }

    @Test func `an error of the log is not one of the view`() {
        #expect(throws: LogError.damaged(Position(3), "")) {
            try ViewDamage.orNil { throw LogError.damaged(Position(3), "") }
        }
        #expect(!ViewDamage.isMeant(by: LogError.storage(LMDBError(.missing))))
    }
}

extension LMDBError {
    fileprivate init(_ reason: Reason) { self.init(reason, "test") }
}
