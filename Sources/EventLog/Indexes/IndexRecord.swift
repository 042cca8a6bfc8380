import Touchpoints

/// A record of a derived index as words that sort as it does; the fourth is 0 where the index has three.
struct IndexRecord: Comparable, Sendable, BitwiseCopyable {
    var words: (UInt64, UInt64, UInt64, UInt64)

    init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64 = 0) {
        words = (first, second, third, fourth)
    }

    init(_ hash: Hash128, value: UInt64) { self.init(hash.high, hash.low, value) }

    init(_ strand: StrandNumber, _ key: FoldKey) {
        self.init(
            UInt64(strand.rawValue), Self.biased(key.time.rawValue), Self.biased(key.sequence), key.position.rawValue)
    }

    static func < (a: IndexRecord, b: IndexRecord) -> Bool {
        if a.words.0 != b.words.0 { return a.words.0 < b.words.0 }
        if a.words.1 != b.words.1 { return a.words.1 < b.words.1 }
        if a.words.2 != b.words.2 { return a.words.2 < b.words.2 }
        return a.words.3 < b.words.3
    }

    static func == (a: IndexRecord, b: IndexRecord) -> Bool { a.words == b.words }

    var hash: Hash128 { Hash128(high: words.0, low: words.1) }
    /// The key of a record of `histories`.
    var foldKey: FoldKey {
        FoldKey(
            time: Timestamp(rawValue: Self.unbiased(words.1)), sequence: Self.unbiased(words.2),
            position: Position(words.3))
    }

    private static func biased(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ 1 << 63 }
    private static func unbiased(_ word: UInt64) -> Int64 { Int64(bitPattern: word ^ 1 << 63) }
}
