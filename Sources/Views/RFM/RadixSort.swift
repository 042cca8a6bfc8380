/// A stable sort of indices by 64-bit keys, least significant byte first. O(n) for each byte in which keys differ.
enum RadixSort {
    /// The indices in ascending order of their keys, equal keys in the order given.
    static func sorted(_ indices: [UInt32], by keys: [UInt64]) -> [UInt32] {
        guard let first = indices.first else { return [] }
        var differing: UInt64 = 0
        for index in indices { differing |= keys[Int(index)] ^ keys[Int(first)] }
        var from = indices
        var to = indices
        for shift in stride(from: UInt64(0), to: 64, by: 8) where (differing >> shift) & 0xFF != 0 {
            var places = [Int](repeating: 0, count: 257)
            for index in from { places[Int((keys[Int(index)] >> shift) & 0xFF) + 1] += 1 }
            for byte in 1...256 { places[byte] += places[byte - 1] }
            for index in from {
                let byte = Int((keys[Int(index)] >> shift) & 0xFF)
                to[places[byte]] = index
                places[byte] += 1
            }
            swap(&from, &to)
        }
        return from
    }
}
