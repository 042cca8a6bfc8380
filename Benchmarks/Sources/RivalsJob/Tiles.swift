/// SQL's NTILE(5): five groups of equal size by value, the first ones longer by one where it does not divide.
enum Tiles {
    /// The score of each value, ties by index. O(count), by a radix sort of 11 bits a pass.
    static func scores(_ values: [UInt64]) -> [UInt8] {
        var scores = [UInt8](repeating: 0, count: values.count)
        let (size, rest) = values.count.quotientAndRemainder(dividingBy: 5)
        for (rank, index) in order(of: values).enumerated() {
            let inLonger = rank < rest * (size + 1)
            scores[Int(index)] = UInt8(1 + (inLonger ? rank / (size + 1) : (rank - rest) / size))
        }
        return scores
    }

    /// The indices of the values, ascending by value.
    static func order(of values: [UInt64]) -> [UInt32] {
        var pairs = values.enumerated().map { (value: $1, index: UInt32($0)) }
        var sorted = pairs
        let all = values.reduce(0, |)
        var shift: UInt64 = 0
        while shift < 64, all >> shift > 0 {
            var starts = [Int](repeating: 0, count: 2_049)
            for pair in pairs { starts[Int(pair.value >> shift & 2_047) + 1] += 1 }
            for digit in 1..<2_049 { starts[digit] += starts[digit - 1] }
            for pair in pairs {
                let digit = Int(pair.value >> shift & 2_047)
                sorted[starts[digit]] = pair
                starts[digit] += 1
            }
            swap(&pairs, &sorted)
            shift += 11
        }
        return pairs.map(\.index)
    }
}
