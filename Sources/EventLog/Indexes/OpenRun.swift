import Digests
import LMDB
import Touchpoints

/// A run with what is kept of it in memory: the first record of each chunk, and the Bloom filter once it is asked.
///
/// Each part is held against its checksum when it is first read.
final class OpenRun {
    let run: Run
    /// The first record of each chunk, one behind the other.
    let fences: [UInt64]
    private var bloom: BloomFilter?
    /// By chunk: where its records lie, once it was read and held against its checksum. In all snapshots that have the run
    /// they lie there.
    private var places: [ValuePlace?]
    /// So long a value has pages of its own in LMDB, which stay where they are; a shorter one moves with its neighbours.
    private static let leastLyingStill = 4_096

    /// Reads the fences. O(chunks).
    init(_ run: Run, _ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) {
        self.run = run
        places = Array(repeating: nil, count: run.chunkCount)
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
            let words = try self.chunk(chunk, snapshot, tables)
            let count = words.byteCount / (8 * run.kind.wordCount)
            var index = isFirst ? lowerBound(of: record, in: words) : 0
            while index < count {
                guard body(IndexRecord(index, of: words, run.kind)) else { return }
                index += 1
            }
            isFirst = false
            chunk += 1
        }
    }
}

/// Hashes.
extension OpenRun {
    /// The greatest value of a hash that is not greater than `limit`; 0 when there is none. O(log n).
    func greatestValue(
        of hash: Hash128, notAbove limit: UInt64, _ snapshot: ReadSnapshot, _ tables: IndexTables
    ) throws(LogError) -> UInt64 {
        var greatest: UInt64 = 0
        try forEach(from: IndexRecord(hash, value: 0), snapshot, tables) { record in
            guard record.hash == hash, record.words.2 <= limit else { return false }
            greatest = record.words.2
            return true
        }
        return greatest
    }

    /// Whether the hash may be in the run; only a run with a filter can say no.
    func mayContain(_ hash: Hash128, _ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) -> Bool {
        try filter(snapshot, tables)?.mayContain(hash) ?? true
    }

    /// The indices of the hashes that may be in the run.
    func candidates(
        among hashes: [Hash128], _ snapshot: ReadSnapshot, _ tables: IndexTables
    ) throws(LogError) -> [Int] {
        try filter(snapshot, tables)?.candidates(among: hashes) ?? Array(hashes.indices)
    }

    private func filter(_ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) -> BloomFilter? {
        if bloom != nil || !run.kind.hasBloomFilter { return bloom }
        let wordCount = BloomFilter.wordCount(capacity: Int(clamping: run.recordCount))
        var words: [UInt64] = []
        words.reserveCapacity(wordCount)
        var piece = 0
        while words.count < wordCount {
            words += try Self.words(run.bloomKey(piece: piece), snapshot, tables)
            piece += 1
        }
        guard words.count == wordCount else { throw .damagedIndex("run \(run.number) has a broken filter") }
        bloom = BloomFilter(words: words)
        return bloom
    }
}

/// Parts.
extension OpenRun {
    /// The value under a key of table `runs` without its checksum, which it was held against.
    @_lifetime(borrow snapshot)
    static func value(_ key: UInt64, _ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) -> RawSpan {
        let found: RawSpan?
        do { found = try snapshot.value(in: tables.runs, for: key) } catch { throw .storage(error) }
        guard let found else { throw .damagedIndex("a part of a run is missing") }
        guard found.byteCount > 8, found.byteCount % 8 == 0 else {
            throw .damagedIndex("a part of a run has a length of \(found.byteCount)")
        }
        let body = found.extracting(droppingLast: 8)
        guard XXH64.checksum(of: body) == found.integer(at: body.byteCount) else {
            throw .damagedIndex("a part of a run is not the one of its checksum")
        }
        return _overrideLifetime(body, borrowing: snapshot)
    }

    /// The words of the value under a key of table `runs`, copied; never none.
    static func words(_ key: UInt64, _ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) -> [UInt64] {
        try value(key, snapshot, tables).copiedWords()
    }

    /// The records of a chunk.
    @_lifetime(borrow snapshot)
    private func chunk(
        _ chunk: Int, _ snapshot: ReadSnapshot, _ tables: IndexTables
    ) throws(LogError) -> RawSpan {
        if let place = places[chunk] { return _overrideLifetime(place.unsafeValue, borrowing: snapshot) }
        let words = try Self.value(run.key(chunk: chunk), snapshot, tables)
        guard words.byteCount == 8 * run.kind.wordCount * run.recordCount(ofChunk: chunk) else {
            throw .damagedIndex("a chunk of run \(run.number) has a length of \(words.byteCount)")
        }
        if words.byteCount >= Self.leastLyingStill { places[chunk] = ValuePlace(of: words) }
        return words
    }
}
