import Testing
import Touchpoints

@testable import Views

struct LogBinsTests {
    @Test(arguments: [0, 1, 127]) func `short times have a bin of their own`(microseconds: Int64) {
        let elapsed = Elapsed(microseconds: microseconds)
        #expect(LogBins.bounds(of: LogBins.bin(of: elapsed)) == elapsed...elapsed)
    }

    /// Around each power of two, and spread in between.
    static let samples: [Int64] = (0..<63).flatMap { power in
        let base = Int64(1) << power
        return [base - 1, base, base + 1, base + base / 3, base + base / 2 + 7].filter { $0 >= 0 }
    }

    @Test(arguments: samples) func `a value lies in its bin, and the bin's middle within 0.8 % of it`(value: Int64) {
        let elapsed = Elapsed(microseconds: value)
        let bin = LogBins.bin(of: elapsed)
        let bounds = LogBins.bounds(of: bin)
        #expect(bounds.contains(elapsed))
        #expect(Double(bounds.upperBound.microseconds - bounds.lowerBound.microseconds) <= Double(value) / 64)
        let error = Double(LogBins.representative(of: bin).microseconds - value).magnitude
        #expect(error <= Double(value) * 0.008)
    }

    @Test func `bins lie side by side`() {
        for bin in UInt64(0)..<3_600 {
            #expect(
                LogBins.bounds(of: bin + 1).lowerBound.microseconds
                    == LogBins.bounds(of: bin).upperBound.microseconds + 1)
        }
    }
}
