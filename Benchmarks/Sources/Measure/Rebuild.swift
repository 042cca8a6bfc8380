import ArgumentParser
import RivalsJob
import Wayfold

/// Rebuilds the standard views one after the other, in this process.
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
    /// Seconds by view, and of them all; what is read of the log was read once before.
    static func ofRebuild(of views: [String], in catalogue: Catalogue, _ data: String) throws -> Figures {
        var figures = Figures()
        let folder = try DataFolder(openingAt: data)
        let log = try LogReader(folder: folder)
        try log.forEachBlock(Position(1)...log.head) { _ in }
        let processor = Measured.processorSeconds()
        for view in views {
            // An engine makes what is missing of all its views at once: so each has one of its own.
            let own = Catalogue([try catalogue.projector(named: view)])
            let time = try Measured.seconds {
                let engine = try FoldEngine(folder: folder, catalogue: own)
                _ = try engine.rebuild([view]) { _, _, _ in }
                try engine.close()
            }
            figures.add(view, time)
        }
        figures.add("cpu", Measured.processorSeconds() - processor)
        figures.add("events", Int(log.head.rawValue))
        return figures
    }
}
