import Touchpoints

/// Bins for lengths of time: 64 a power of two, so that none is wider than 1/64 (1.57 %) of its values.
///
/// Below 128 microseconds each value has its own bin, zero too; the scheme of HdrHistogram (G. Tene). Fixed for ever:
/// the numbers of bins are keys of stored totals.
enum LogBins {
    /// The bin that a length of time, not below zero, falls into. O(1).
    @inline(__always)
    static func bin(of elapsed: Elapsed) -> UInt64 {
        let value = UInt64(elapsed.microseconds)
        let shift = UInt64(max(0, 57 - value.leadingZeroBitCount))
        return shift << 6 + value >> shift
    }

    /// The least and the greatest length of time in a bin.
    static func bounds(of bin: UInt64) -> ClosedRange<Elapsed> {
        let shift = bin < 128 ? 0 : bin >> 6 - 1
        let low = (bin - shift << 6) << shift
        return Elapsed(microseconds: Int64(low))...Elapsed(microseconds: Int64(low + (1 << shift - 1)))
    }

    /// The middle of a bin: within 0.8 % of every value in it.
    static func representative(of bin: UInt64) -> Elapsed {
        let bounds = bounds(of: bin)
        let width = bounds.upperBound.microseconds - bounds.lowerBound.microseconds
        return Elapsed(microseconds: bounds.lowerBound.microseconds + width / 2)
    }
}
