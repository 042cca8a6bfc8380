import Touchpoints

extension DraftBatch {
    /// Some of the drafts, with the part of the arena that they lie in.
    func slice(_ range: Range<Int>) -> DraftBatch {
        var part = DraftBatch()
        part.drafts = Array(drafts[range])
        guard let first = part.drafts.first else { return part }
        var bytes = first.extent
        for draft in part.drafts {
            let extent = draft.extent
            bytes = min(bytes.lowerBound, extent.lowerBound)..<max(bytes.upperBound, extent.upperBound)
        }
        part.arena = Array(arena[bytes])
        for index in part.drafts.indices { part.drafts[index].move(by: -bytes.lowerBound) }
        return part
    }

    /// Where a slice from `start` ends that has at most so many drafts and texts of so many bytes; it has one at least.
    func end(ofSliceFrom start: Int, count: Int, byteCount: Int) -> Int {
        var end = start
        var bytes = 0
        while end < min(self.count, start + count) {
            bytes += drafts[end].textByteCount
            if bytes > byteCount && end > start { break }
            end += 1
        }
        return end
    }
}
