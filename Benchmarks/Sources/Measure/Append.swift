import ArgumentParser
import Foundation
import Glibc
import Wayfold

/// One event, one commit, one sync: how long until it is acknowledged; in turn with bare appends of 4 KiB.
struct Append: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Append events one by one, each acknowledged first.")

    @Argument(help: "A data folder; its policy is in force already.")
    var data: String

    @Argument(help: "Events, one a line.")
    var file: String

    @Option(help: "How many events.")
    var count = 1_000

    func run() async throws {
        let folder = try DataFolder(openingAt: data)
        guard let lock = try FolderLock(folder) else { throw ValidationError("another process owns \(data)") }
        let writer = try LogWriter(folder: folder, now: SystemClock.now)
        let bare = open(data + "/bare", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard bare >= 0 else { throw ValidationError("cannot write into \(data)") }
        var ours: [Double] = []
        var theirs: [Double] = []
        var drafts = Drafts(folder: folder)
        for batch in try drafts.batches(of: file, size: 1, limit: count) {
            let start = ContinuousClock.now
            _ = try await writer.append(batch, AppendOptions())
            ours.append(Measured.seconds(since: start))
            theirs.append(Measured.seconds { appendPage(to: bare, number: theirs.count) })
        }
        try await writer.close()
        close(bare)
        unlink(data + "/bare")
        var figures = Figures()
        figures.add("ours", ours.sorted()[ours.count / 2])
        figures.add("bare", theirs.sorted()[theirs.count / 2])
        figures.print()
        _ = consume lock
    }

    private func appendPage(to file: CInt, number: Int) {
        let page = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 4_096)
        let count = pwrite(file, page, page.count, off_t(number * page.count))
        precondition(count == page.count && fdatasync(file) == 0, "the disk is full")
    }
}
