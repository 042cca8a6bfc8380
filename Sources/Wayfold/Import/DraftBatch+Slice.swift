import Touchpoints

extension DraftBatch {
    /// Some of the drafts, with what they point at.
    func slice(_ range: Range<Int>) -> DraftBatch {
        var part = DraftBatch()
        for index in range { part.append(drafts[index], of: self) }
        return part
    }
}
