import ArgumentParser
import Wayfold

/// Makes a log of many ids in little time and space: small events, many a commit.
struct Fill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Append small made-up events to a folder.")

    @Argument(help: "A data folder; its policy is in force already.")
    var data: String

    @Option(help: "How many events.")
    var events: Int

    @Option(help: "How many customers they are of, in turn.")
    var customers: Int

    private static let batch = 10_000

    func run() async throws {
        let folder = try DataFolder(openingAt: data)
        guard let lock = try FolderLock(folder) else { throw ValidationError("another process owns \(data)") }
        let writer = try LogWriter(folder: folder, now: SystemClock.now)
        var drafts = Drafts(folder: folder)
        var writing: Task<Void, any Error>?
        for start in stride(from: 0, to: events, by: Self.batch) {
            let batch = try drafts.batch(lines(start..<min(events, start + Self.batch)))
            try await writing?.value
            writing = Task { _ = try await writer.append(batch, AppendOptions()) }
        }
        try await writing?.value
        try await writer.close()
        _ = consume lock
    }

    /// Where an id lies in the index follows from its hash: these are as random there as any.
    private func lines(_ numbers: Range<Int>) -> [UInt8] {
        var lines: [UInt8] = []
        for number in numbers {
            lines += #"{"specversion":"1.0","id":""#.utf8
            lines += String(number).utf8
            lines += #"","source":"fill","type":"app.opened","subject":"member:"#.utf8
            lines += String(number % customers).utf8
            lines += #"","time":"2025-01-01T00:00:00Z","data":{}}"#.utf8
            lines.append(10)
        }
        return lines
    }
}
