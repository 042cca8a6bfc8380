import Touchpoints

/// Tells "surely new" from "perhaps known" for keyed hashes: 11 bits a hash in blocks of 512 bits, 7 bits in one block.
///
/// One look costs one cache miss; about 1 % of new hashes are called perhaps known. Putze, Sanders, Singler:
/// Cache-, Hash- and Space-Efficient Bloom Filters (2009).
struct BloomFilter: Sendable {
    private static let wordsPerBlock = 8

    private(set) var words: [UInt64]

    /// How many words the filter for that many hashes has.
    static func wordCount(capacity: Int) -> Int { max(1, (capacity * 11 + 511) / 512) * wordsPerBlock }

    /// An empty filter for that many hashes.
    init(capacity: Int) { words = Array(repeating: 0, count: Self.wordCount(capacity: capacity)) }

    /// The filter with these words; nil when their number fits no filter.
    init?(words: [UInt64]) {
        guard !words.isEmpty, words.count % Self.wordsPerBlock == 0 else { return nil }
        self.words = words
    }

    mutating func insert(_ hash: Hash128) {
        let block = Self.block(of: hash, among: words.count)
        var bits = hash.low
        for _ in 0..<7 {
            words[block + Int(bits & 511) / 64] |= 1 << (bits & 63)
            bits >>= 9
        }
    }

    func mayContain(_ hash: Hash128) -> Bool { Self.bit(of: hash, in: words.span) == 1 }

    /// The indices of the hashes that may be known. Without a branch for each, so that the misses of the cache overlap.
    func candidates(among hashes: [Hash128]) -> [Int] {
        var candidates = [Int](repeating: 0, count: hashes.count)
        var count = 0
        let words = words.span
        for index in hashes.indices {
            candidates[count] = index
            count += Self.bit(of: hashes[index], in: words)
        }
        return Array(candidates[..<count])
    }

    /// 1 when all bits of the hash are set, else 0.
    private static func bit(of hash: Hash128, in words: Span<UInt64>) -> Int {
        let block = block(of: hash, among: words.count)
        var bits = hash.low
        var isSet: UInt64 = 1
        for _ in 0..<7 {
            // A block lies within the filter, and these bits within the block.
            isSet &= unsafe words[unchecked: block + Int(bits & 511) / 64] >> (bits & 63)
            bits >>= 9
        }
        return Int(isSet)
    }

    /// The first word of the hash's block.
    private static func block(of hash: Hash128, among wordCount: Int) -> Int {
        let blocks = UInt64(wordCount / wordsPerBlock)
        return Int(hash.high.multipliedFullWidth(by: blocks).high) * wordsPerBlock
    }
}
