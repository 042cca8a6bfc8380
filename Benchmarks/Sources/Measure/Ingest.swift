import ArgumentParser
import Glibc
import Wayfold

/// Bytes in, synced log out: decode, validate, find duplicates, commit; no views.
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Append a file of events to a folder in batches, several of which wait for their sync at once.")

    @Argument(help: "A data folder; its policy is in force already.")
    var data: String

    @Argument(help: "Events, one a line.")
    var file: String

    @Option(help: "Events of a batch.")
    var batch = 500

    @Option(help: "Batches that wait at most.")
    var waiting = 4

    @Flag(help: "End as by a kill when all are acknowledged.")
    var killed = false

    func run() async throws {
        let folder = try DataFolder(openingAt: data)
        guard let lock = try FolderLock(folder) else { throw ValidationError("another process owns \(data)") }
        let writer = try LogWriter(folder: folder, now: SystemClock.now)
        var options = AppendOptions()
        // As if the events had come as they happened: late ones are late, and wake-ups fire on the way.
        options.recordedTime = .occurred
        let lines = try Lines(of: file)
        let start = ContinuousClock.now
        let processor = Measured.processorSeconds()
        let stored = try await append(lines, folder, writer, options)
        if killed { raise(SIGKILL) }
        var figures = Figures()
        figures.add("seconds", Measured.seconds(since: start))
        figures.add("cpu", Measured.processorSeconds() - processor)
        figures.add("stored", stored)
        figures.add("commits", await writer.commitCount)
        figures.add("memory", try Measured.anonymousBytes())
        try await writer.close()
        figures.print()
        _ = consume lock
    }

    private func append(
        _ lines: Lines, _ folder: DataFolder, _ writer: LogWriter, _ options: AppendOptions
    ) async throws -> Int {
        var lines = lines
        var drafts = Drafts(folder: folder)
        var stored = 0
        try await withThrowingTaskGroup(of: Int.self) { group in
            var open = 0
            while let some = lines.next(batch) {
                let drafts = try drafts.batch(some)
                if open == waiting {
                    stored += try await group.next()!
                    open -= 1
                }
                group.addTask {
                    try await writer.append(drafts, options).count { if case .stored = $0 { true } else { false } }
                }
                open += 1
            }
            for try await count in group { stored += count }
        }
        return stored
    }
}
