import EventLog
import Touchpoints

/// A batch that a view has begun, and what of it is still to be taken.
///
/// It is taken piece by piece, so that views which are made at the same time can take each piece while it is at hand.
struct OpenBatch {
    let range: ClosedRange<Position>
    /// The log's clock at its end, up to a cut.
    let clock: Timestamp
    /// Of a ledger: the customers whom decisions of the batch are about, and what is to be booked in the log's order.
    var waits: Set<CustomerNumber> = []
    var inOrder: [Position] = []
    /// Ranges of customers whose events fit into memory together; those that are still to be gathered.
    var passes: [ClosedRange<UInt32>] = []
    /// Whether several lanes may take it. All snapshots that differ from the files belong to customers of the batch then.
    let isParallel: Bool
    /// Events that customers have taken.
    var taken: UInt64 = 0
    var pass: Pass?

    /// The events of a range of customers.
    struct Pass {
        let arrivals: Arrivals
        /// See ``ViewFold/isBulk(_:)``.
        let isBulk: Bool
        /// The chunk that is next.
        var next = 0
        /// What came of the chunks before, one for each lane.
        var yields: [LaneYield]
    }

    init(_ range: ClosedRange<Position>, clock: Timestamp, isParallel: Bool) {
        (self.range, self.clock, self.isParallel) = (range, clock, isParallel)
    }
}

/// How much a view does before the others have their turn; it is counted down.
struct WorkLimit {
    /// Wake-ups that fire.
    var wakeUps = Int.max
    /// Pieces of a batch that are taken (see ``OpenBatch``).
    var pieces = Int.max
}
