/// How the values of a population become scores from 1 (worst) to k (best), whoever they belong to.
enum ScoreMethod {
    /// `1 + floor(k * |{u : u worse than v}| / n)`: equal values have equal scores.
    case quantile
    /// SQL's `NTILE(k)` from worst to best: parts of equal size, the first ones one larger; ties in the order given.
    case ntile

    /// The scores of values, and which of them a tie decided: equal values that got different scores.
    ///
    /// - Parameters:
    ///   - values: greater is better.
    ///   - order: all indices of `values`, in the order that decides between equal ones.
    ///   - count: k.
    func scores(of values: [UInt64], order: [UInt32], count: Int) -> (scores: [UInt8], isTied: [Bool]) {
        var scores = [UInt8](repeating: 0, count: values.count)
        var isTied = [Bool](repeating: false, count: values.count)
        let sorted = RadixSort.sorted(order, by: values)
        var start = 0
        while start < sorted.count {
            let value = values[Int(sorted[start])]
            var end = start + 1
            while end < sorted.count, values[Int(sorted[end])] == value { end += 1 }
            let first = score(at: start, of: sorted.count, count)
            let decides = self == .ntile && first != score(at: end - 1, of: sorted.count, count)
            for place in start..<end {
                let index = Int(sorted[place])
                scores[index] = UInt8(decides ? score(at: place, of: sorted.count, count) : first)
                isTied[index] = decides
            }
            start = end
        }
        return (scores, isTied)
    }

    /// The score of the value at a place (0 is the worst) among n.
    func score(at place: Int, of n: Int, _ k: Int) -> Int {
        switch self {
        case .quantile: return 1 + k * place / n
        case .ntile:
            let (size, larger) = n.quotientAndRemainder(dividingBy: k)
            let inLarger = larger * (size + 1)
            return place < inLarger ? 1 + place / (size + 1) : 1 + larger + (place - inLarger) / size
        }
    }
}
