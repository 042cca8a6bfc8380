import ArgumentParser
import Foundation
import Wayfold

/// Events come in at a steady rate with views folding beside; how long from an acknowledgement to an answer of a view
/// that holds the event.
struct Freshness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Append at a steady rate, and ask a view meanwhile.")

    @Argument(help: "A data folder; its policy is in force already.")
    var data: String

    @Argument(help: "Events, one a line.")
    var file: String

    @Argument(help: "The program that folds the views.")
    var program: String

    @Option(help: "Events a second.")
    var rate: Double

    func run() async throws {
        let folder = try DataFolder(openingAt: data)
        var drafts = Drafts(folder: folder)
        let batches = try drafts.batches(of: file, size: 500)
        // This program holds no worker: the other one is started as it would start itself.
        let worker = [program] + FoldWorker.command(for: data).dropFirst()
        let session = try await WriteSession.open(path: data, worker: worker)
        let waits = try await feed(batches, into: session, OpenViews(folder: folder, catalogue: .standard))
        try await session.finish()
        var figures = Figures()
        figures.add("asked", waits.count)
        figures.add("p50", waits[waits.count / 2])
        figures.add("p99", waits[waits.count * 99 / 100])
        figures.print()
    }

    /// What is asked in turn: one customer, and totals of all.
    private static let questions = ["customers", "stages"].map { part in
        var question = Question(view: "lifecycle", part: part)
        if part == "customers" { question.customer = "member:00000001" }
        return question
    }

    /// Appends the batches, each at its time; the waits for answers, ascending. One question is asked at a time.
    private func feed(_ batches: [DraftBatch], into session: WriteSession, _ views: OpenViews) async throws
        -> [Double]
    {
        let start = ContinuousClock.now
        var settings = AppendSettings()
        settings.isClockOccurred = true
        var waits: [Double] = []
        var question: Task<Double, any Error>?
        var asked = start
        for (index, batch) in batches.enumerated() {
            try await Task.sleep(until: start + .seconds(Double(index * 500) / rate))
            let verdicts = try await session.append(batch, settings)
            let acknowledged = ContinuousClock.now
            guard case .stored(let position)? = verdicts.last, acknowledged - asked > .milliseconds(100) else {
                continue
            }
            if let open = question { waits.append(try await open.value) }
            asked = acknowledged
            let next = Self.questions[waits.count % Self.questions.count]
            question = Task.detached { try Self.wait(for: position, asking: next, in: views, since: acknowledged) }
        }
        if let open = question { waits.append(try await open.value) }
        return waits.sorted()
    }

    /// Seconds until an answer stands at the position or behind it.
    private static func wait(
        for position: Position, asking question: Question, in views: OpenViews, since start: ContinuousClock.Instant
    ) throws -> Double {
        while true {
            let answer = try views.answer(question) { _ in }
            if answer.position >= position { return Measured.seconds(since: start) }
        }
    }
}
