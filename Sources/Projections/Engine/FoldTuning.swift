import EventLog

/// Sizes at which the runtime does its work in pieces: they change its cost, and never an answer.
///
/// A simulation makes them small, so that few events meet many of the edges between pieces.
public struct FoldTuning: Sendable {
    /// Bytes that an engine needs about, at most, where nothing else is said.
    public static let standardMemory = 1 << 30
    /// Fewer bytes than that are not enough for any batch.
    public static let leastMemory = 64 << 20

    /// The events that a batch of a live view holds at most.
    package var batchSize: UInt64
    /// Events of one customer between snapshots.
    package var snapshotSpacing: UInt32 = SnapshotTable.spacing
    /// The wake-ups that fire at most before the other views have their turn again.
    package var wakeUpLimit = 16_384
    /// From so many arrivals on a batch is a bulk: pages are finished one by one, on all cores, and packed.
    package var bulkSize = 65_536
    /// The cores that a bulk is gathered and folded on.
    package var laneCount = Lanes.coreCount
    /// Events of a new generation that are gathered at a time.
    package var passEvents: Int
    /// Events, about, that a lane takes at a time: their copies stay in a near cache while one view after the other folds them.
    package var chunkEvents = 8_192
    /// The events of which what one view has gathered is kept for the others.
    package var sharedEvents: Int
    /// A view is written back when so many bytes of it have changed.
    package var saveBytes: Int
    /// The pages of a view that stay in memory when it is written back.
    package var residentPages: Int

    /// - Parameter memory: bytes that the engine needs about, at most, beside the log's own pages; ``leastMemory`` or more.
    public init(memory: Int = FoldTuning.standardMemory) {
        // An event that is gathered takes 24 bytes while it is sorted and 8 then; what is saved takes as many bytes again in
        // the transaction that writes it, for each view that is made; a page in memory some 64 KiB.
        batchSize = UInt64(memory / 256)
        passEvents = memory / 64
        sharedEvents = memory / 64
        saveBytes = memory / 21
        residentPages = memory / (8 * 65_536)
    }
}
