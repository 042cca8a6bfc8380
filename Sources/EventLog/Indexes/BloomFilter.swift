import Touchpoints

/// Tells "surely new" from "perhaps known" for keyed hashes: 10 bits a hash in blocks of 512 bits, 7 bits in one block.
///
/// One look costs one cache miss; about 1.5 % of new hashes are called perhaps known. Putze, Sanders, Singler:
/// Cache-, Hash- and Space-Efficient Bloom Filters (2009).
struct BloomFilter: Sendable {
    private static let wordsPerBlock = 8

    private(set) var words: [UInt64]

    /// An empty filter for that many hashes.
    init(capacity: Int) {
        let blocks = max(1, (capacity * 10 + 511) / 512)
        words = Array(repeating: 0, count: blocks * Self.wordsPerBlock)
    }

    /// The filter with these words; nil when their number fits no filter.
    init?(words: [UInt64]) {
        guard !words.isEmpty, words.count % Self.wordsPerBlock == 0 else { return nil }
        self.words = words
    }

    mutating func insert(_ hash: Hash128) {
        let block = block(of: hash)
        var bits = hash.low
        for _ in 0..<7 {
            words[block + Int(bits & 511) / 64] |= 1 << (bits & 63)
            bits >>= 9
        }
    }

    func mayContain(_ hash: Hash128) -> Bool {
        let block = block(of: hash)
        var bits = hash.low
        for _ in 0..<7 {
            if words[block + Int(bits & 511) / 64] & 1 << (bits & 63) == 0 { return false }
            bits >>= 9
        }
        return true
    }

    /// The first word of the hash's block.
    private func block(of hash: Hash128) -> Int {
        let blocks = UInt64(words.count / Self.wordsPerBlock)
        return Int(hash.high.multipliedFullWidth(by: blocks).high) * Self.wordsPerBlock
    }
}
