import Wayfold

/// Tells people how far an import has come: where it sorts, first how much is read, then how much is stored.
final class ImportProgress {
    private let isSorted: Bool
    private let reading = Progress("reading", unit: "events")
    /// From the first event that is stored, so that its rate is that of storing.
    private var storing: Progress?

    /// - Parameter isSorted: whether all is read before anything is stored.
    init(isSorted: Bool) {
        self.isSorted = isSorted
        if !isSorted { storing = Progress("importing", unit: "events") }
    }

    func update(_ progress: Importer.Progress) {
        let share = progress.byteCount > 0 ? Double(progress.bytesRead) / Double(progress.byteCount) : nil
        let (done, summary) = (progress.summary.total, progress.summary)
        guard isSorted else { return storing?.update(done: done, share: share) ?? () }
        guard summary.new + summary.duplicates + summary.conflicts > 0 else {
            return reading.update(done: progress.eventsRead, share: share)
        }
        reading.end()
        let storing = self.storing ?? Progress("importing", unit: "events")
        self.storing = storing
        storing.update(done: done, share: Double(done) / Double(max(1, progress.eventsRead)))
    }

    /// Takes the line away from the terminal.
    func end() {
        reading.end()
        storing?.end()
    }
}
