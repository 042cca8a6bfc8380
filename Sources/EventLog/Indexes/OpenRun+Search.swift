import Touchpoints

/// Where a record lies.
extension OpenRun {
    /// The index of the first record of a chunk that is not before `record`.
    func lowerBound(of record: IndexRecord, in words: RawSpan) -> Int {
        partitionPoint(guess(at: record, in: words)) { IndexRecord($0, of: words, run.kind) < record }
    }

    /// The number of the first chunk whose first record is behind `record`.
    func firstFence(after record: IndexRecord) -> Int {
        let fences = fences
        let bytes = fences.span.bytes
        return partitionPoint(guess(at: record, in: bytes)) { !(record < IndexRecord($0, of: bytes, run.kind)) }
    }

    /// How many records there are, and about where one lies among them if their first words lie evenly: so hashes do, and
    /// strands roughly.
    private func guess(at record: IndexRecord, in words: RawSpan) -> (count: Int, index: Int) {
        let byteCount = 8 * run.kind.wordCount
        let count = words.byteCount / byteCount
        guard count > 0 else { return (0, 0) }
        let first: UInt64 = words.integer(at: 0)
        let last: UInt64 = words.integer(at: words.byteCount - byteCount)
        let word = record.words.0
        if word <= first || last <= first { return (count, 0) }
        if word >= last { return (count, count - 1) }
        return (count, Int(Double(word - first) / Double(last - first) * Double(count - 1)))
    }
}

/// The first index at which `isBefore` is false, where it is true up to some place and false from there on. O(log of the
/// distance from the guess).
private func partitionPoint(_ guess: (count: Int, index: Int), _ isBefore: (Int) -> Bool) -> Int {
    let (count, guess) = guess
    if count == 0 { return 0 }
    var (low, high) = (0, count)
    var step = 8
    if isBefore(guess) {
        low = guess + 1
        while low + step <= count, isBefore(low + step - 1) {
            low += step
            step *= 2
        }
        high = min(count, low + step - 1)
    } else {
        high = guess
        while high >= step, !isBefore(high - step) {
            high -= step
            step *= 2
        }
        low = max(0, high - step + 1)
    }
    while low < high {
        let middle = (low + high) / 2
        if isBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low
}

extension IndexRecord {
    /// The record with this index of a chunk, or of fences.
    init(_ index: Int, of words: RawSpan, _ kind: IndexKind) {
        let at = index * 8 * kind.wordCount
        self.init(
            words.integer(at: at), words.integer(at: at + 8), words.integer(at: at + 16),
            kind.wordCount == 4 ? words.integer(at: at + 24) : 0)
    }
}
