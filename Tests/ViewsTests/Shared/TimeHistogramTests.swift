import Testing
import Touchpoints

@testable import Views

struct TimeHistogramTests {
    @Test(arguments: 0..<20) func `a quantile is the value of that rank, within 0.8 %`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let values = (0..<Int(random.next() % 200) + 1).map { _ in Int64(random.next() % 5_000_000_000) }.sorted()
        var histogram = TimeHistogram()
        for value in values.shuffled(using: &random) {
            histogram.add(1, to: LogBins.bin(of: Elapsed(microseconds: value)))
        }
        for percent in [1, 50, 95, 100] {
            let exact = Double(values[(values.count * percent + 99) / 100 - 1])
            let found = Double(histogram.quantile(percent: Int64(percent))!.microseconds)
            #expect((found - exact).magnitude <= exact * 0.008)
        }
    }

    @Test func `there is no quantile of nothing`() {
        #expect(TimeHistogram().quantile(percent: 50) == nil)
    }

    @Test func `the median of two is the smaller`() {
        var histogram = TimeHistogram()
        histogram.add(1, to: 100)
        histogram.add(1, to: 7)
        #expect(histogram.quantile(percent: 50) == Elapsed(microseconds: 7))
        #expect(histogram.quantile(percent: 95) == Elapsed(microseconds: 100))
    }

    @Test func `merged histograms hold what all of them hold`() {
        var (a, b, both) = (TimeHistogram(), TimeHistogram(), TimeHistogram())
        for bin in [UInt64(3), 9, 200] { a.add(2, to: bin) }
        for bin in [UInt64(9), 150] { b.add(1, to: bin) }
        for (bin, count) in [(UInt64(3), Int64(2)), (9, 3), (150, 1), (200, 2)] { both.add(count, to: bin) }
        #expect(TimeHistogram(merging: [a, b]) == both)
        #expect(both.count == 8)
    }
}

/// Steele, Lea and Flood's SplitMix64: the same numbers for a seed everywhere.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
