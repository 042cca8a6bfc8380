/// Numbers from a seed, the same on every machine and under every version of the standard library (SplitMix64).
struct SeededRandom {
    private var state: UInt64

    init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// One of the numbers of a range; a bias of 2^-50 is no matter here.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    mutating func pick<T>(_ choices: [T]) -> T { choices[number(0...choices.count - 1)] }
    /// True once in `n` times.
    mutating func once(in n: Int) -> Bool { number(1...n) == 1 }
    mutating func percent(_ share: Int) -> Bool { number(1...100) <= share }

    /// A number of its own for each number, as uniform as a hash.
    static func mixed(_ number: UInt64) -> UInt64 {
        var z = number
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
