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
    /// Of a run that fits: the drafts that were not handed out yet, in order.
    private var sorted: ArraySlice<Int>?

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

    /// The next drafts in order: `count` of them, or fewer that have `byteCount` bytes of texts; nil at the end. Nothing can be
    /// added any more.
    mutating func next(_ count: Int, byteCount: Int = Importer.batchByteCount) throws -> DraftBatch? {
        var batch = DraftBatch()
        while batch.count < count, batch.arena.count < byteCount {
            guard try takeNext(into: &batch) else { break }
        }
        return batch.isEmpty ? nil : batch
    }

    /// Adds the next draft to a batch; false at the end.
    private mutating func takeNext(into batch: inout DraftBatch) throws -> Bool {
        if spilled.isEmpty {
            if sorted == nil { sorted = Self.order(run)[...] }
            guard let index = sorted!.popFirst() else { return false }
            batch.append(run.drafts[index], of: run)
            return true
        }
        try spill()
        guard let source = try Self.least(&spilled) else { return false }
        let (draft, texts) = spilled[source].takeHead()
        batch.append(draft, of: texts)
        return true
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
