import Glibc
import Projections
import Touchpoints

/// Sorts drafts by (occurred, line) in bounded memory: full runs are sorted and spilled to an unnamed file, and merged.
///
/// Events without a time of their own happen now: they come last, in the order of their lines.
struct OccurredSort: ~Copyable {
    /// Bytes of drafts and their texts that are held before a run is spilled.
    private let memoryByteCount: Int
    private let folder: String
    private var run = DraftBatch()
    private var spilled: [SpilledRun] = []
    private var ordinal: UInt64 = 0

    /// - Parameter folder: where runs are spilled; the files have no name there and go with the process.
    init(folder: String, memoryByteCount: Int = 256 << 20) {
        self.folder = folder
        self.memoryByteCount = memoryByteCount
    }

    /// Takes the drafts of a batch, in their order.
    mutating func add(_ batch: DraftBatch) throws {
        for draft in batch.drafts {
            run.append(draft, of: batch)
            if run.arena.count + run.count * MemoryLayout<Draft>.stride > memoryByteCount { try spill() }
        }
    }

    /// Hands out everything in order, in batches of `count`, or fewer that have `byteCount` bytes of texts.
    consuming func drain(
        batchesOf count: Int, byteCount: Int = Importer.batchByteCount, _ take: (DraftBatch) async throws -> Void
    ) async throws {
        if spilled.isEmpty {
            let sorted = Self.order(run)
            var batch = DraftBatch()
            for index in sorted {
                batch.append(run.drafts[index], of: run)
                if batch.count == count || batch.arena.count >= byteCount {
                    try await take(batch)
                    batch.removeAll()
                }
            }
            if !batch.isEmpty { try await take(batch) }
            return
        }
        try spill()
        var batch = DraftBatch()
        while let source = try Self.least(&spilled) {
            let (draft, texts) = spilled[source].takeHead()
            batch.append(draft, of: texts)
            if batch.count == count || batch.arena.count >= byteCount {
                try await take(batch)
                batch.removeAll()
            }
        }
        if !batch.isEmpty { try await take(batch) }
    }

    private mutating func spill() throws {
        guard !run.isEmpty else { return }
        let order = Self.order(run)
        var file = try SpilledRun(folder: folder)
        for index in order { try file.write(run.drafts[index], of: run) }
        try file.rewind()
        spilled.append(file)
        run.removeAll()
    }

    /// The order of a run: stable, so that lines decide ties.
    private static func order(_ run: DraftBatch) -> [Int] {
        let keys = run.drafts.map(key)
        return run.drafts.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    }

    private static func key(_ draft: Draft) -> Timestamp {
        draft.flags.contains(.timeSupplied) ? .distantFuture : draft.occurred
    }

    /// The run whose next draft comes first; of equal ones the earlier run, which holds the earlier lines.
    private static func least(_ runs: inout [SpilledRun]) throws -> Int? {
        var least: (key: Timestamp, index: Int)?
        for index in runs.indices {
            guard let head = try runs[index].head() else { continue }
            if least == nil || key(head) < least!.key { least = (key(head), index) }
        }
        return least?.index
    }
}
