import Glibc

/// Sizes at which the runtime does its work in pieces: they change its cost, and never an answer.
///
/// A simulation makes them small, so that few events meet many of the edges between pieces.
package struct FoldTuning: Sendable {
    /// The events that a batch holds at most.
    package var batchSize: UInt64 = 4_194_304
    /// Events of one customer between snapshots.
    package var snapshotSpacing: UInt32 = SnapshotTable.spacing
    /// The wake-ups that fire at most before the other views have their turn again.
    package var wakeUpLimit = 16_384
    /// From so many arrivals on a batch is a bulk: pages are finished one by one, on all cores, and packed.
    package var bulkSize = 65_536
    /// The cores that a bulk is folded on.
    package var laneCount = max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN)))
    /// The events of which what one view has gathered is kept for the others.
    package var sharedEvents = 16_777_216
    /// The pages of a view that stay in memory when it is written back.
    package var residentPages = 2_048

    package init() {}
}
