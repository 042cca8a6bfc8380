import EventLog
import Synchronization
import Touchpoints

/// Customers take what has arrived for them, page by page; in a bulk on all cores.
///
/// Whatever the number of lanes, the bits are the same: totals are sums, and everything else belongs to one customer.
extension ViewFold {
    private typealias Table = PageTable<P.State>

    /// Chunks of a piece for each lane: few enough that they stay at hand, enough that lanes seldom wait for each other.
    private static var chunksPerLane: Int { 8 }

    /// A page that has been visited, and a time before which none of its customers wants to be woken.
    private struct Visit {
        var number: Int
        var page: Table.Page
        var earliest: Timestamp
    }

    /// Whether the batch in hand has a piece to be taken; gathers the next pass on the way.
    func hasPiece() throws -> Bool {
        while true {
            if batch!.pass != nil, batch!.pass!.next < batch!.pass!.arrivals.chunks.count { return true }
            try endPass()
            guard !batch!.passes.isEmpty else { return false }
            try beginPass(batch!.passes.removeFirst())
        }
    }

    private func beginPass(_ customers: ClosedRange<UInt32>) throws {
        let gathering =
            P.order == .recorded
            ? try gatherRecorded(batch!, of: customers) : try gather(batch!.range, of: customers)
        takeUnowned(gathering)
        batch!.inOrder += gathering.inOrder
        let arrivals = gathering.arrivals
        batch!.pass = OpenBatch.Pass(arrivals: arrivals, isBulk: isBulk(arrivals), yields: makeYields(for: arrivals))
    }

    private func endPass() throws {
        guard let arrivals = batch!.pass?.arrivals else { return }
        for customer in collectYields() { try bookOneByOne(customer, arrivals) }
        batch!.pass = nil
    }

    /// Whether all that is left to do for a customer is done while its page is at hand.
    private func isBulk(_ arrivals: Arrivals) -> Bool {
        arrivals.count >= tuning.bulkSize && (cut == nil || P.order == .occurred) && marker?.isCautious != true
    }

    /// Takes the next chunks, as many as there are at hand at a time. Cost: a step each event, but for those that are late.
    func takePiece() throws {
        let (arrivals, isBulk, first) = (batch!.pass!.arrivals, batch!.pass!.isBulk, batch!.pass!.next)
        // Moved out and in again, so that nothing else holds what the lanes change.
        var yields: [LaneYield] = []
        swap(&yields, &batch!.pass!.yields)
        let chunks = first..<min(first + yields.count * Self.chunksPerLane, arrivals.chunks.count)
        batch!.pass!.next = chunks.upperBound
        arrivals.keepCopies(ofChunks: chunks)
        for visits in try take(chunks, of: arrivals, isBulk: isBulk, &yields) {
            for visit in visits { put(visit, isWhole: isBulk) }
        }
        let snapshotBytes = yields.reduce(0) { $0 + $1.snapshots.editedBytes }
        swap(&yields, &batch!.pass!.yields)
        if let spill, table.packedBytes + snapshotBytes > tuning.saveBytes {
            let failed = collectYields()
            try spill()
            batch!.pass!.yields = makeYields(for: arrivals)
            batch!.pass!.yields[0].failed = failed
        }
    }

    private func take(
        _ chunks: Range<Int>, of arrivals: Arrivals, isBulk: Bool, _ yields: inout [LaneYield]
    ) throws -> [[Visit]] {
        let (table, stepper, foldedThrough, snapshotSpacing) = (table, stepper, checkpoint, tuning.snapshotSpacing)
        let (clock, waits) = (batch!.clock, batch!.waits)
        let (spare, progress) = (snapshots, progress)
        let taken = Mutex(batch!.taken)
        defer { batch!.taken = taken.withLock { $0 } }
        return try Lanes.run(Array(chunks), &yields) { chunk, yield in
            var lane = Lane(
                stepper, arrivals, chunk: chunk, foldedThrough: foldedThrough, snapshotSpacing: snapshotSpacing,
                into: LaneYield(snapshots: spare))
            swap(&lane.yield, &yield)
            lane.sink.keepsEffects = lane.yield.cells.keepsEffects
            defer { swap(&lane.yield, &yield) }
            var visits: [Visit] = []
            var writer = ByteWriter()
            try arrivals.forEachPage(ofChunk: chunk) { number, indices in
                let page = try table.opened(number)
                let first = number * Paging.size
                var earliest = try lane.take(indices, &page.slots, firstCustomer: first, isBulk: isBulk)
                if isBulk {
                    let rest = lane.finish(&page.slots, first: first, clock: clock, waits: waits)
                    earliest = rest.earliest
                    if rest.isWhole { page.pack(earliest: earliest, in: &writer) }
                }
                visits.append(Visit(number: number, page: page, earliest: earliest))
            }
            taken.withLock {
                $0 += UInt64(arrivals.chunks[chunk].count)
                progress?(Position(foldedThrough.rawValue + $0))
            }
            return visits
        }
    }

    /// One for each lane. The first, and mostly the only one, adds to the view's own totals and snapshots.
    private func makeYields(for arrivals: Arrivals) -> [LaneYield] {
        let laneCount = isBulk(arrivals) && batch!.isParallel ? tuning.laneCount : 1
        let own = LaneYield(cells: cells, snapshots: snapshots)
        (cells, snapshots) = (CellTable(capacity: 8), snapshots.empty)
        var yields = [own]
        for _ in 1..<max(1, min(laneCount, arrivals.chunks.count)) {
            yields.append(LaneYield(cells: CellTable(keepsEffects: own.cells.keepsEffects), snapshots: snapshots))
        }
        return yields
    }

    /// Takes in what has come of the pass in hand; returns customers of a ledger whose events are to be booked one by one.
    private func collectYields() -> [CustomerNumber] {
        var yields: [LaneYield] = []
        swap(&yields, &batch!.pass!.yields)
        var all = yields.removeFirst()
        for yield in yields { all.add(yield) }
        (cells, snapshots) = (all.cells, all.snapshots)
        edited.merge(all.edited) { $0.with($1.keys) }
        touched += all.touched
        return all.failed
    }

    /// - Parameter isWhole: whether the time is that of all customers of the page, not only of those visited.
    private func put(_ visit: Visit, isWhole: Bool) {
        table.grow(to: visit.number)
        table.put(visit.page, at: visit.number)
        if isWhole {
            table.setEarliest(ofPage: visit.number, to: visit.earliest)
        } else {
            table.lowerEarliest(ofPage: visit.number, to: visit.earliest)
        }
    }
}
