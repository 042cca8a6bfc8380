import ArgumentParser
import RivalsJob
import Wayfold

/// Rebuilds the standard views in one engine, in this process.
struct Rebuild: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make the four views anew; seconds of each.")

    @Argument(help: "A data folder that nobody writes.")
    var data: String

    @Argument(help: "Only these views.")
    var views: [String] = Catalogue.standard.names

    func run() throws { try Figures.ofRebuild(of: views, in: Catalogue.standard, data).print() }
}

/// Rebuilds the rivals' job as views, and asks for the scores.
struct Job: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The rivals' job as views; seconds of each.")

    @Argument(help: "A data folder that nobody writes.")
    var data: String

    func run() throws {
        var figures = try Figures.ofRebuild(of: RivalsJob.catalogue.names, in: RivalsJob.catalogue, data)
        var count = 0
        let scores = try Measured.seconds {
            let answers = try ViewAnswers(folder: DataFolder(openingAt: data), catalogue: RivalsJob.catalogue)
            try answers.answer(Question(view: "jobrfm", part: "scores")) { _ in count += 1 }
        }
        figures.add("scores", scores)
        figures.add("scored", count)
        figures.print()
    }
}

extension Figures {
    /// Seconds of all views, and of each; what is read of the log was read once before.
    static func ofRebuild(of views: [String], in catalogue: Catalogue, _ data: String) throws -> Figures {
        var figures = Figures()
        let folder = try DataFolder(openingAt: data)
        let log = try LogReader(folder: folder)
        try log.forEachBlock(Position(1)...log.head) { _ in }
        let processor = Measured.processorSeconds()
        let clock = ContinuousClock()
        let start = clock.now
        var parts = Dictionary(uniqueKeysWithValues: views.map { ($0, Duration.zero) })
        var last = start
        let own = Catalogue(try views.map { try catalogue.projector(named: $0) })
        let engine = try FoldEngine(folder: folder, catalogue: own)
        // They take turns, and each tells when it has had one. The first one's also fetch what the others share.
        _ = try engine.rebuild(views) { view, _, _ in
            let now = clock.now
            parts[view]! += now - last
            last = now
        }
        try engine.close()
        figures.add("all", (clock.now - start) / .seconds(1))
        for view in views { figures.add(view, parts[view]! / .seconds(1)) }
        figures.add("cpu", Measured.processorSeconds() - processor)
        figures.add("events", Int(log.head.rawValue))
        return figures
    }
}
