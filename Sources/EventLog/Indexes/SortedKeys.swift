import Touchpoints

/// Keys that are added in any order and read in order, some at a time: sorted pieces, each at least twice as long as the
/// next.
struct SortedKeys: Sendable {
    private var pieces: [[FoldKey]] = []

    /// Adds keys. O(log n) for each, amortized.
    mutating func add(_ keys: [FoldKey]) {
        pieces.append(keys.sorted())
        while pieces.count > 1, pieces[pieces.count - 2].count < 2 * pieces[pieces.count - 1].count {
            let later = pieces.removeLast()
            Self.merge(later, into: &pieces[pieces.count - 1])
        }
    }

    /// The first `limit` keys of each piece behind `key` and up to a position. O(log² n + answer), beside what lies behind
    /// the position.
    func forEach(behind key: FoldKey, through last: Position, limit: Int, _ body: (FoldKey) -> Void) {
        for piece in pieces {
            var (low, high) = (0, piece.count)
            while low < high {
                let middle = (low + high) / 2
                if piece[middle] > key { high = middle } else { low = middle + 1 }
            }
            var count = 0
            while low < piece.count, count < limit {
                if piece[low].position <= last {
                    body(piece[low])
                    count += 1
                }
                low += 1
            }
        }
    }

    private static func merge(_ later: [FoldKey], into piece: inout [FoldKey]) {
        // Mostly what comes later occurred later.
        guard let first = later.first, let end = piece.last, first < end else {
            piece += later
            return
        }
        var merged: [FoldKey] = []
        merged.reserveCapacity(piece.count + later.count)
        var index = 0
        for key in later {
            while index < piece.count, piece[index] < key {
                merged.append(piece[index])
                index += 1
            }
            merged.append(key)
        }
        piece = merged + piece[index...]
    }
}
