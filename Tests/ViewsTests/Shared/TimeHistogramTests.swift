import Testing
import Touchpoints

@testable import Views

struct TimeHistogramTests {
    @Test(arguments: 0..<20) func `a quantile is the value of that rank, within 0.8 %`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
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
