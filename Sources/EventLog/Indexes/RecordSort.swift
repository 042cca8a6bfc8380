extension [IndexRecord] {
    /// The records in their order. O(n) where their first words spread evenly, as hashes do, else O(n log n).
    ///
    /// They are dealt out into buckets by the first word, and each bucket is sorted by itself.
    func sortedByBuckets() -> [IndexRecord] {
        guard let first = self.first else { return [] }
        var (least, greatest) = (first.words.0, first.words.0)
        for record in self {
            least = Swift.min(least, record.words.0)
            greatest = Swift.max(greatest, record.words.0)
        }
        // The highest bits in which first words differ are the bucket: one for every four records or so.
        let bits = Swift.max(1, Int.bitWidth - count.leadingZeroBitCount - 2)
        let shift = Swift.max(0, UInt64.bitWidth - (greatest - least).leadingZeroBitCount - bits)
        var ends = [Int](repeating: 0, count: 1 << bits)
        for record in self { ends[Int((record.words.0 - least) >> shift)] += 1 }
        for bucket in 1..<ends.count { ends[bucket] += ends[bucket - 1] }
        var sorted = self
        for record in reversed() {
            let bucket = Int((record.words.0 - least) >> shift)
            ends[bucket] -= 1
            sorted[ends[bucket]] = record
        }
        // Now `ends` says where each bucket begins.
        for bucket in ends.indices {
            sorted.sort(ends[bucket]..<(bucket + 1 < ends.count ? ends[bucket + 1] : count))
        }
        return sorted
    }

    private mutating func sort(_ range: Range<Int>) {
        guard range.count <= 32 else { return self[range].sort() }
        for index in range.dropFirst() {
            let record = self[index]
            var place = index
            while place > range.lowerBound, record < self[place - 1] {
                self[place] = self[place - 1]
                place -= 1
            }
            self[place] = record
        }
    }
}
