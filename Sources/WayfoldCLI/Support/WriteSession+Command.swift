import Wayfold

extension WriteSession {
    /// Opens a data folder for writing; makes it where it is missing.
    static func open(_ data: DataOption, _ memory: MemoryOption? = nil) async throws -> WriteSession {
        let worker = memory.map { FoldWorker.command(for: data.path, memory: $0.bytes) }
        return try await open(path: data.path, worker: WayfoldProgram.worker ?? worker)
    }

    /// Ends the session: waits until the views have caught up, and says what they set aside.
    func finishWithProgress() async throws {
        let progress = Progress("folding the views", unit: "events")
        defer { progress.end() }
        let setAside = try await finish(progress: { progress.update($0.at, of: $0.of) })
        progress.end()
        for (view, count) in setAside {
            Console.current.remark("wayfold: \(view) has set \(count) customers aside (wayfold status)")
        }
    }
}
