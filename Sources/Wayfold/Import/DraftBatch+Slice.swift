import Touchpoints

extension DraftBatch {
    /// Some of the drafts, with what they point at.
    func slice(_ range: Range<Int>) -> DraftBatch {
        var part = DraftBatch()
        for index in range { part.append(drafts[index], of: self) }
        return part
    }

    /// Where a slice from `start` ends that has at most so many drafts and texts of so many bytes; it has one at least.
    func end(ofSliceFrom start: Int, count: Int, byteCount: Int) -> Int {
        var end = start
        var bytes = 0
        while end < min(self.count, start + count) {
            bytes += drafts[end].pieces.reduce(0) { $0 + Int($1.count) }
            if bytes > byteCount && end > start { break }
            end += 1
        }
        return end
    }
}
