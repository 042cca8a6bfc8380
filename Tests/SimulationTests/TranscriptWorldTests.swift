import EventLog
import Foundation
import Projections
import Testing
import Touchpoints

@testable import Simulation
@testable import Wayfold

/// Random worlds come back from the text of their logs.
struct TranscriptWorldTests {
    @Test func `a world's log comes back from its text with the same events, customers and answers`() async throws {
        let count = ProcessInfo.processInfo.environment["SEEDS"].flatMap { Int($0) } ?? 20
        for seed in 1...count {
            let world = World(seed: seed, views: Catalogue.simulated.names)
            _ = try await WorldRun.run(world, .simulated) { run in
                let place = NSTemporaryDirectory() + "wayfold-text-" + UUID().uuidString
                try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
                defer { try? FileManager.default.removeItem(atPath: place) }
                let manifest = try TranscriptExport(run.folder, to: place + "/text").run()
                #expect(manifest.events == UInt64(run.records.count))
                let folder = try Transcript(openingAt: place + "/text").rebuild(at: place + "/again", epoch: 2)
                let log = try LogReader(folder: folder)
                let all = Position(1)...Position(max(1, manifest.events))
                #expect(log.decisions(all) == run.log.decisions(all), "\(seed)")
                #expect(log.dictionaries == run.log.dictionaries, "\(seed)")
                // The views that are kept may not have been folded under the last policy yet.
                _ = try LogBackup(of: run.folder, at: place + "/backup").update(from: run.folder)
                let (copy, _) = try LogBackup(openingAt: place + "/backup").restore(to: place + "/copy", epoch: 2)
                let before = try answers(copy, run, into: place + "/before")
                #expect(try answers(folder, run, into: place + "/after") == before && !before.isEmpty, "\(seed)")
                let again = try TranscriptExport(folder, to: place + "/twice").run()
                #expect(again.files == manifest.files && again.root == manifest.root, "\(seed)")
            }
        }
    }

    /// The SHA-256 of the rows of all parts that can be asked without a question.
    private func answers(_ folder: DataFolder, _ run: WorldRun, into place: String) throws -> [ExportManifest.File] {
        let parts = try run.catalogue.exportableParts([], ExportSelection(), ofThePast: false)
            // What the views that are kept have set off.
            .filter { $0.name != "outbox" }
        let job = try ExportJob(parts, to: ExportTarget(place, format: .csv))
        return try job.run(ViewAnswers(folder: folder, catalogue: run.catalogue)).files
    }
}
