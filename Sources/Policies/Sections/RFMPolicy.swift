import Touchpoints

/// How recency, frequency and monetary value become scores from 1 to ``scoreCount``, and scores segments.
public struct RFMPolicy: Equatable, Sendable {
    public var method: Method
    /// The number of scores, k: 1 is the worst and k the best.
    public var scoreCount: Int
    public var bands: Bands
    /// The first segment that fits is the customer's; together they cover all scores.
    public var segments: [Segment]

    public enum Method: String, CaseIterable, Sendable {
        /// `1 + floor(k * |{u : u < v}| / n)`: equal values have equal scores.
        case quantile
        /// As SQL's NTILE: groups of equal size, ties decided.
        case ntile
        /// Fixed limits.
        case bands
    }

    /// Limits between scores, ascending, `scoreCount - 1` of each.
    public struct Bands: Equatable, Sendable {
        /// Upper bounds, included: up to the first scores k, up to the second k - 1, beyond the last 1.
        public var recencyDays: [Int]
        /// Lower bounds, included: below the first scores 1, from the first 2, from the last k.
        public var frequency: [Int]
        /// Lower bounds in units of the currency (euros, not cents), included.
        public var monetary: [FixedDecimal]
    }

    public struct Segment: Equatable, Sendable {
        public var name: String
        public var recency: ClosedRange<Int>
        public var frequency: ClosedRange<Int>
        public var monetary: ClosedRange<Int>
    }

    /// The index of the first segment that fits; the scores are within 1...scoreCount. O(segments).
    public func segmentIndex(recency: Int, frequency: Int, monetary: Int) -> Int? {
        segments.firstIndex {
            $0.recency.contains(recency) && $0.frequency.contains(frequency) && $0.monetary.contains(monetary)
        }
    }
}

extension RFMPolicy.Bands {
    public func recencyScore(days: Int) -> Int {
        recencyDays.count + 1 - (recencyDays.firstIndex { days <= $0 } ?? recencyDays.count)
    }
    public func frequencyScore(orders: Int) -> Int { (frequency.firstIndex { orders < $0 } ?? frequency.count) + 1 }
    public func monetaryScore(_ money: Money) -> Int {
        (monetary.firstIndex { money.minorUnits < $0.minorUnitsUp(in: money.currency) } ?? monetary.count) + 1
    }
}
