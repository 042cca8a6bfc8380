import Touchpoints

/// How many lengths of time fell into each bin of ``LogBins``, and the quantiles that follow.
struct TimeHistogram: Equatable, Sendable {
    /// Ascending by bin.
    private var bins: [(bin: UInt64, count: Int64)] = []
    private(set) var count: Int64 = 0

    /// The ceil(percent / 100 x n)-th smallest, as the middle of its bin; nil of nothing. O(bins).
    func quantile(percent: Int64) -> Elapsed? {
        let rank = (count * percent + 99) / 100
        var passed: Int64 = 0
        for (bin, count) in bins {
            passed += count
            if passed >= max(rank, 1) { return LogBins.representative(of: bin) }
        }
        return nil
    }

    /// Adds to a bin. O(1) where bins come in ascending order.
    mutating func add(_ amount: Int64, to bin: UInt64) {
        count += amount
        var index = bins.count
        while index > 0, bins[index - 1].bin >= bin { index -= 1 }
        if index < bins.count, bins[index].bin == bin {
            bins[index].count += amount
        } else {
            bins.insert((bin, amount), at: index)
        }
    }

    init() {}

    /// All that several histograms hold. O(bins log bins).
    init(merging histograms: [TimeHistogram]) {
        for (bin, count) in histograms.flatMap(\.bins).sorted(by: { $0.bin < $1.bin }) { add(count, to: bin) }
    }

    static func == (a: TimeHistogram, b: TimeHistogram) -> Bool { a.bins.elementsEqual(b.bins, by: ==) }
}
