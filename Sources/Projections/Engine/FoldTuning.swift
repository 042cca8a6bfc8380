/// Sizes at which the runtime does its work in pieces: they change its cost, and never an answer.
///
/// A simulation makes them small, so that few events meet many of the edges between pieces.
package struct FoldTuning: Sendable {
    /// The events that a batch holds at most.
    package var batchSize: UInt64 = 1_048_576
    /// Events of one customer between snapshots.
    package var snapshotSpacing: UInt32 = SnapshotTable.spacing
    /// The wake-ups that fire at most before the other views have their turn again.
    package var wakeUpLimit = 16_384

    package init() {}
}
