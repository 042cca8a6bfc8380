import EventLog
import Touchpoints

/// The events of one strand in fold order, read from the log piece by piece.
///
/// A piece is short after each jump and grows while it is read on: looking at a few events of a long history is cheap,
/// and so is reading all of it.
struct StrandHistory {
    private static let pieceSizes = 128...4_096

    let strand: StrandNumber
    private let log: LogReader
    private let last: Position
    private var keys: [FoldKey] = []
    private var index = 0
    /// `keys` are the ones that follow this key.
    private var start = FoldKey.start
    private var pieceSize = pieceSizes.lowerBound
    private var holdsEnd = false

    /// - Parameter last: events behind this position are left out.
    init(_ strand: StrandNumber, of log: LogReader, through last: Position) {
        self.strand = strand
        self.log = log
        self.last = last
    }

    /// The next key, nil behind the last.
    mutating func peek() throws -> FoldKey? {
        if index == keys.count, !holdsEnd {
            start = keys.last ?? start
            keys = try log.history(of: strand, after: start, through: last, limit: pieceSize)
            holdsEnd = keys.count < pieceSize
            pieceSize = min(pieceSize * 2, Self.pieceSizes.upperBound)
            index = 0
        }
        return index < keys.count ? keys[index] : nil
    }

    mutating func skip() { index += 1 }

    /// Goes on, or back, to the first key behind this one.
    mutating func seek(behind key: FoldKey) {
        if start <= key, let end = keys.last, key <= end || holdsEnd {
            index = keys.partitioningIndex { $0 > key }
        } else {
            (start, keys, index, holdsEnd) = (key, [], 0, false)
            pieceSize = Self.pieceSizes.lowerBound
        }
    }
}

extension RandomAccessCollection {
    /// The index of the first element for which `belongs` is true, in a collection where all such stand at the end.
    ///
    /// O(log n).
    func partitioningIndex(where belongs: (Element) -> Bool) -> Index {
        var (low, count) = (startIndex, self.count)
        while count > 0 {
            let middle = index(low, offsetBy: count / 2)
            if belongs(self[middle]) {
                count /= 2
            } else {
                low = index(after: middle)
                count -= count / 2 + 1
            }
        }
        return low
    }
}
