/// Texts in the order of their bytes.
enum AliasOrder {
    /// The indices of the texts, ascending by bytes. O(bytes) where few share eight bytes behind their common beginning.
    static func sorted(_ texts: [String]) -> [UInt32] {
        let common = commonCount(texts)
        let keys = texts.map { text in
            var key: UInt64 = 0
            var bytes = text.utf8.dropFirst(common).makeIterator()
            for _ in 0..<8 { key = key << 8 | UInt64(bytes.next() ?? 0) }
            return key
        }
        var order = RadixSort.sorted(Array(0..<UInt32(texts.count)), by: keys)
        var start = 0
        while start < order.count {
            let key = keys[Int(order[start])]
            var end = start + 1
            while end < order.count, keys[Int(order[end])] == key { end += 1 }
            if end - start > 1 {
                order[start..<end].sort { a, b in
                    texts[Int(a)].utf8.lexicographicallyPrecedes(texts[Int(b)].utf8)
                }
            }
            start = end
        }
        return order
    }

    /// How many bytes all texts begin with in common.
    private static func commonCount(_ texts: [String]) -> Int {
        guard let first = texts.first?.utf8 else { return 0 }
        var common = first.count
        for text in texts.dropFirst() {
            common = zip(first.prefix(common), text.utf8).prefix { $0 == $1 }.count
        }
        return common
    }
}
