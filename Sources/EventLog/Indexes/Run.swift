/// A sorted run of one index: what the manifest says of it.
struct Run: Equatable, Sendable {
    var kind: IndexKind
    var number: UInt32
    var recordCount: UInt64

    /// How many chunks the run has.
    var chunkCount: Int {
        (Int(clamping: recordCount) + kind.recordsPerChunk - 1) / kind.recordsPerChunk
    }

    /// How many records a chunk of the run has: all but the last are full.
    func recordCount(ofChunk chunk: Int) -> Int {
        min(kind.recordsPerChunk, Int(clamping: recordCount) - chunk * kind.recordsPerChunk)
    }

    /// Runs of one level differ by less than four times in size; four of them are merged.
    var level: Int { (UInt64.bitWidth - recordCount.leadingZeroBitCount) / 2 }

    /// The key of a chunk in table `runs`: run and chunk, 4 bytes each, big-endian.
    func key(chunk: Int) -> UInt64 { UInt64(number) << 32 | UInt64(chunk) }
    /// The key of the first records of all chunks.
    var fencesKey: UInt64 { key(chunk: 0xFFFF_FFFF) }
    /// The key of a piece of the Bloom filter.
    func bloomKey(piece: Int) -> UInt64 { key(chunk: 0x8000_0000 + piece) }

    /// Words in one piece of a Bloom filter, but the last.
    static let wordsPerBloomPiece = 8_189
}
