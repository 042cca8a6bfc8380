import LMDB
import Touchpoints

/// A run with what is kept of it in memory: the first record of each chunk, and the Bloom filter once it is asked.
final class OpenRun {
    let run: Run
    private let fences: [UInt64]
    private var bloom: BloomFilter?
    private var isBloomLoaded = false

    /// Reads the fences. O(chunks).
    init(_ run: Run, _ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) {
        self.run = run
        fences = try Self.words(run.fencesKey, snapshot, tables)
        guard fences.count == run.chunkCount * run.kind.wordCount else {
            throw .damagedIndex("run \(run.number) has not the fences that its size asks for")
        }
    }

    /// The first record that is not before `record`, and all behind it, until `body` returns false.
    func forEach(
        from record: IndexRecord, _ snapshot: ReadSnapshot, _ tables: IndexTables, _ body: (IndexRecord) -> Bool
    ) throws(LogError) {
        var chunk = max(0, firstFence(after: record) - 1)
        var isFirst = true
        while chunk < run.chunkCount {
            let words = try Self.value(run.key(chunk: chunk), snapshot, tables)
            try check(words, chunk)
            let count = words.byteCount / (8 * run.kind.wordCount)
            var index = isFirst ? lowerBound(of: record, in: words) : 0
            while index < count {
                guard body(self.record(index, of: words)) else { return }
                index += 1
            }
            isFirst = false
            chunk += 1
        }
    }

    /// Whether the hash may be in the run; only a run with a filter can say no.
    func mayContain(_ hash: Hash128, _ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) -> Bool {
        if !isBloomLoaded, run.kind.hasBloomFilter {
            let wordCount = BloomFilter(capacity: Int(clamping: run.recordCount)).words.count
            var words: [UInt64] = []
            var piece = 0
            while words.count < wordCount {
                words += try Self.words(run.bloomKey(piece: piece), snapshot, tables)
                piece += 1
            }
            guard words.count == wordCount else { throw .damagedIndex("run \(run.number) has a broken filter") }
            bloom = BloomFilter(words: words)
            isBloomLoaded = true
        }
        return bloom?.mayContain(hash) ?? true
    }
}

extension OpenRun {
    /// The value under a key of table `runs`.
    @_lifetime(borrow snapshot)
    static func value(_ key: UInt64, _ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) -> RawSpan {
        do {
            if let value = try snapshot.value(in: tables.runs, for: key) {
                return _overrideLifetime(value, borrowing: snapshot)
            }
        } catch {
            throw .storage(error)
        }
        throw .damagedIndex("a part of a run is missing")
    }

    /// The words of the value under a key of table `runs`, copied; never none.
    static func words(_ key: UInt64, _ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) -> [UInt64] {
        let value = try value(key, snapshot, tables)
        guard value.byteCount > 0, value.byteCount % 8 == 0 else {
            throw .damagedIndex("a part of a run has a length of \(value.byteCount)")
        }
        return (0..<value.byteCount / 8).map { value.integer(at: 8 * $0) }
    }

    private func check(_ words: RawSpan, _ chunk: Int) throws(LogError) {
        guard words.byteCount == 8 * run.kind.wordCount * run.recordCount(ofChunk: chunk) else {
            throw .damagedIndex("a chunk of run \(run.number) has a length of \(words.byteCount)")
        }
    }

    private func record(_ index: Int, of words: RawSpan) -> IndexRecord {
        let at = index * 8 * run.kind.wordCount
        return IndexRecord(
            words.integer(at: at), words.integer(at: at + 8), words.integer(at: at + 16),
            run.kind.wordCount == 4 ? words.integer(at: at + 24) : 0)
    }

    /// The index of the first record that is not before `record`.
    private func lowerBound(of record: IndexRecord, in words: RawSpan) -> Int {
        var low = 0
        var high = words.byteCount / (8 * run.kind.wordCount)
        while low < high {
            let middle = (low + high) / 2
            if self.record(middle, of: words) < record { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The number of the first chunk whose first record is behind `record`.
    private func firstFence(after record: IndexRecord) -> Int {
        let fences = fences
        let bytes = fences.span.bytes
        var low = 0
        var high = run.chunkCount
        while low < high {
            let middle = (low + high) / 2
            if record < self.record(middle, of: bytes) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
