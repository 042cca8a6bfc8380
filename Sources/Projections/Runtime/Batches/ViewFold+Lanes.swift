import EventLog
import Synchronization
import Touchpoints

/// Customers take what has arrived for them, page by page; in a bulk on all cores.
///
/// Whatever the number of lanes, the bits are the same: totals are sums, and everything else belongs to one customer.
extension ViewFold {
    private typealias Table = PageTable<P.State>

    /// A page that has been visited, and a time before which none of its customers wants to be woken.
    private struct Visit {
        var number: Int
        var page: Table.Page
        var earliest: Timestamp
    }

    /// Cost: a step each event, but for those that are late.
    ///
    /// - Parameters:
    ///   - clock: the log's at the end of the batch.
    ///   - waits: customers of a ledger whom decisions of the batch are about.
    /// - Returns: customers of a ledger whose events are still to be booked, one by one.
    @discardableResult
    func takeArrivals(
        _ arrivals: Arrivals, clock: Timestamp, waits: Set<CustomerNumber> = []
    ) throws -> [CustomerNumber] {
        guard arrivals.count > 0 else { return [] }
        let isBulk =
            arrivals.count >= tuning.bulkSize && (cut == nil || P.order == .occurred) && marker?.isCautious != true
        let laneCount = isBulk && !snapshots.hasEdits ? tuning.laneCount : 1
        let chunks =
            isBulk ? arrivals.chunks(about: laneCount * 8, pageSize: Table.pageSize) : [0..<arrivals.count]
        var yields = makeYields(min(laneCount, chunks.count))
        let (table, stepper, foldedThrough, snapshotSpacing) = (table, stepper, checkpoint, tuning.snapshotSpacing)
        let (spare, progress) = (snapshots, progress)
        let taken = Mutex(takenInBatch)
        let visits = try Lanes.run(chunks, &yields) { range, yield in
            var lane = Lane(
                stepper, arrivals, foldedThrough: foldedThrough, snapshotSpacing: snapshotSpacing,
                into: LaneYield(snapshots: spare))
            swap(&lane.yield, &yield)
            lane.sink.keepsEffects = lane.yield.cells.keepsEffects
            defer { swap(&lane.yield, &yield) }
            var visits: [Visit] = []
            var writer = ByteWriter()
            try arrivals.forEachPage(of: Table.pageSize, in: range) { number, indices in
                let page = try table.opened(number)
                let first = number * Table.pageSize
                var earliest = try lane.take(indices, &page.slots, first: first, isBulk: isBulk)
                if isBulk {
                    let rest = lane.finish(&page.slots, first: first, clock: clock, waits: waits)
                    earliest = rest.earliest
                    if rest.isWhole { page.pack(earliest: earliest, in: &writer) }
                }
                visits.append(Visit(number: number, page: page, earliest: earliest))
            }
            taken.withLock {
                $0 += UInt64(range.count)
                progress?(Position(foldedThrough.rawValue + $0))
            }
            return visits
        }
        takenInBatch = taken.withLock { $0 }
        let failed = take(yields)
        for visits in visits {
            for visit in visits { take(visit, isWhole: isBulk) }
        }
        return failed
    }

    /// The first, and mostly the only one, adds to the view's own totals and snapshots.
    private func makeYields(_ count: Int) -> [LaneYield] {
        let own = LaneYield(cells: cells, snapshots: snapshots)
        (cells, snapshots) = (CellTable(capacity: 8), snapshots.empty)
        var yields = [own]
        for _ in 1..<max(count, 1) {
            yields.append(LaneYield(cells: CellTable(keepsEffects: own.cells.keepsEffects), snapshots: snapshots))
        }
        return yields
    }

    private func take(_ yields: consuming [LaneYield]) -> [CustomerNumber] {
        var all = yields.removeFirst()
        for yield in yields { all.add(yield) }
        (cells, snapshots) = (all.cells, all.snapshots)
        edited.merge(all.edited) { $0.with($1.keys) }
        touched += all.touched
        return all.failed
    }

    /// - Parameter isWhole: whether the time is that of all customers of the page, not only of those visited.
    private func take(_ visit: Visit, isWhole: Bool) {
        table.grow(to: visit.number)
        table.put(visit.page, at: visit.number)
        if isWhole {
            table.setEarliest(ofPage: visit.number, to: visit.earliest)
        } else {
            table.lowerEarliest(ofPage: visit.number, to: visit.earliest)
        }
    }
}
