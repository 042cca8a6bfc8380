import Digests
import LMDB
import Touchpoints

/// Writes one run, in transactions of bounded size. Nothing refers to it until the manifest names it.
struct RunWriter {
    /// What is gathered before it is put into one transaction.
    private static let bytesPerTransaction = 16 << 20

    private let tables: IndexTables
    private var run: Run
    private let recordsExpected: UInt64
    private var chunk: [UInt64] = []
    private var chunkCount = 0
    private var fences: [UInt64] = []
    private var bloom: BloomFilter?
    private var pending: [(key: UInt64, words: [UInt64])] = []
    private var pendingByteCount = 0

    init(_ kind: IndexKind, number: UInt32, recordCount: UInt64, in tables: IndexTables) {
        self.tables = tables
        run = Run(kind: kind, number: number, recordCount: 0)
        recordsExpected = recordCount
        if kind.hasBloomFilter { bloom = BloomFilter(capacity: Int(clamping: recordCount)) }
    }

    /// Adds the next record in order.
    mutating func add(_ record: IndexRecord) throws(LogError) {
        if chunk.isEmpty { record.append(to: &fences, run.kind) }
        record.append(to: &chunk, run.kind)
        bloom?.insert(record.hash)
        run.recordCount += 1
        if chunk.count == run.kind.recordsPerChunk * run.kind.wordCount { try endChunk() }
    }

    /// Writes what is left, and the description for the manifest.
    mutating func finish() throws(LogError) -> Run {
        precondition(run.recordCount == recordsExpected, "a run of \(recordsExpected) got \(run.recordCount) records")
        if !chunk.isEmpty { try endChunk() }
        try put(fences, run.fencesKey)
        if let words = bloom?.words {
            for (piece, start) in stride(from: 0, to: words.count, by: Run.wordsPerBloomPiece).enumerated() {
                let end = min(start + Run.wordsPerBloomPiece, words.count)
                try put(Array(words[start..<end]), run.bloomKey(piece: piece))
            }
        }
        try flush()
        return run
    }

    private mutating func endChunk() throws(LogError) {
        try put(chunk, run.key(chunk: chunkCount))
        chunk = []
        chunk.reserveCapacity(run.kind.recordsPerChunk * run.kind.wordCount + 1)
        chunkCount += 1
    }

    /// Puts a part behind which its checksum stands.
    private mutating func put(_ part: consuming [UInt64], _ key: UInt64) throws(LogError) {
        part.append(XXH64.checksum(of: part.span.bytes))
        pendingByteCount += 8 * part.count
        pending.append((key, part))
        if pendingByteCount >= Self.bytesPerTransaction { try flush() }
    }

    private mutating func flush() throws(LogError) {
        try tables.write { transaction throws(LMDBError) in
            for (key, words) in pending { try transaction.put(words.span.bytes, for: key, in: tables.runs) }
        }
        pending.removeAll(keepingCapacity: true)
        pendingByteCount = 0
    }
}

extension IndexRecord {
    /// Appends the words that the index has.
    fileprivate func append(to array: inout [UInt64], _ kind: IndexKind) {
        array.append(words.0)
        array.append(words.1)
        array.append(words.2)
        if kind.wordCount == 4 { array.append(words.3) }
    }
}
