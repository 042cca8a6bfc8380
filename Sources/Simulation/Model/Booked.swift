import Projections
import Touchpoints

/// A view in recorded order: the log read once from its beginning, each record a step of the pool of its customer.
struct Booked<P: Projector> {
    /// A pool is that of a set of strands; emissions and failures stay with the strand that they belong to.
    private struct Pool {
        var strands: Set<UInt32>
        var walker = Walker<P>()

        var number: UInt32 { strands.min()! }
    }

    private let records: [Record]
    private let policies: [ActivePolicy]
    private let cut: Timestamp
    private let clock: Timestamp
    private var pools: [Pool] = []
    private var projector: P
    private var emissions: [UInt32: Emission] = [:]
    /// The failed steps of each strand; nil for a wake-up.
    private var failures: [UInt32: [Position?]] = [:]
    /// Strands with a folded event.
    private var present: Set<UInt32> = []
    private var unowned = Emission()
    private var voided: Set<Position> = []
    private var movedByJoin: UInt32?

    init(_ records: [Record], _ policies: [ActivePolicy], cut: Timestamp?) {
        self.records = records
        self.policies = policies
        self.cut = cut ?? .distantFuture
        clock = min(records[records.count - 1].recorded, self.cut)
        projector = P(policies[0])
    }

    consuming func folded() -> Canon {
        for record in records where record.recorded <= cut { take(record) }
        wakeAll(by: clock)
        // Who is one customer, and the policy of the answer, are those at the head (rules 11 and 14).
        for record in records where record.recorded > cut { regroup(record) }
        projector = P(policies[policies.count - 1])
        var canon = Canon()
        canon.movedByJoin = movedByJoin
        canon.add(unowned)
        for pool in pools {
            canon.wakeCount += pool.walker.wakeCount
            let hasFailed = pool.strands.contains { failures[$0]?.isEmpty == false }
            let isPresent = hasFailed || !pool.strands.isDisjoint(with: present)
            if isPresent { canon.states[pool.number] = pool.walker.bytes }
            if hasFailed {
                canon.setAside.insert(pool.number)
                continue
            }
            // Also those of strands without an event of their own: wake-ups that they answered for before a split.
            for strand in pool.strands { canon.add(emissions[strand] ?? Emission()) }
            guard isPresent else { continue }
            var sink = Sink()
            projector.standing(pool.walker.state, &sink)
            var standing = Emission()
            standing.add(sink)
            canon.add(standing)
        }
        return canon
    }

    private mutating func take(_ record: Record) {
        if let policy = policies.dropFirst().first(where: { $0.position == record.position }) {
            // What is due by then still fires under the policy before.
            wakeAll(by: record.recorded)
            projector = P(policy)
            return
        }
        if let target = record.voided { return void(target, by: record) }
        regroup(record, firingFirst: true)
        guard record.isFolded else { return }
        guard record.strand != 0 else {
            var sink = Sink()
            record.see { projector.unowned($0, &sink) }
            return unowned.add(sink)
        }
        let index = index(ofPoolWith: record.strand)
        wake(index, by: record.recorded)
        let emission = record.see { view in
            pools[index].walker.step(projector, at: record.recorded) { try projector.fold(&$0, view, &$1) }
        }
        if emission != nil { pools[index].walker.isQuiet = false }
        present.insert(record.strand)
        note(emission, on: record.strand, at: record.position)
    }

    private mutating func note(_ emission: Emission?, on strand: UInt32, at position: Position? = nil) {
        if let emission {
            emissions[strand, default: Emission()].add(emission)
        } else {
            failures[strand, default: []].append(position)
        }
    }

    /// What a wake-up emits belongs to the smallest strand of its pool.
    private mutating func wake(_ index: Int, by bound: Timestamp) {
        var emitted: [Emission?] = []
        pools[index].walker.wake(projector, by: bound) { emitted.append($0) }
        for emission in emitted { note(emission, on: pools[index].number) }
    }

    private mutating func wakeAll(by bound: Timestamp) {
        for index in pools.indices { wake(index, by: bound) }
    }

    private mutating func index(ofPoolWith strand: UInt32) -> Int {
        if let index = pools.firstIndex(where: { $0.strands.contains(strand) }) { return index }
        pools.append(Pool(strands: [strand]))
        return pools.count - 1
    }
}

/// Joining and parting.
extension Booked {
    /// Rule 23: pools are joined and parted as they are, after the wake-ups due by then.
    private mutating func regroup(_ record: Record, firingFirst fires: Bool = false) {
        switch record.decision {
        case .joined, .moved, .merged:
            let (first, second) = (index(ofPoolWith: record.strand), index(ofPoolWith: record.otherStrand))
            guard first != second else { return }
            if fires { for index in [first, second] { wake(index, by: record.recorded) } }
            let (kept, gone) = pools[first].number < pools[second].number ? (first, second) : (second, first)
            let (own, other) = (pools[kept], pools[gone])
            pools[kept].strands.formUnion(other.strands)
            pools[kept].walker.state.join(other.walker.state)
            if !isUndone(pools[kept], own, other) { movedByJoin = own.number }
            pools[kept].walker.wakeCount += other.walker.wakeCount
            pools[kept].walker.isQuiet = false
            pools.remove(at: gone)
        case .split:
            guard let strand = record.leavingStrands.first else { return }
            let index = index(ofPoolWith: strand)
            if fires { wake(index, by: record.recorded) }
            var new = Pool(strands: Set(record.leavingStrands))
            new.walker.state = pools[index].walker.state.part(
                record.leavingStrands.sorted().map { StrandNumber(rawValue: $0) })
            pools[index].walker.isQuiet = false
            pools[index].strands.subtract(new.strands)
            pools.append(new)
        default: break
        }
    }

    /// Whether parting gives back what was joined: the view's own code is held against rule 23, too.
    private func isUndone(_ joined: Pool, _ own: Pool, _ other: Pool) -> Bool {
        var (rest, parted) = (joined.walker, other.walker)
        parted.state = rest.state.part(other.strands.sorted().map { StrandNumber(rawValue: $0) })
        return rest.bytes == own.walker.bytes && parted.bytes == other.walker.bytes
    }

    /// Rule 35: the reverse of what the event has booked, as a step of its own; the second void of an event is none.
    private mutating func void(_ target: Position, by record: Record) {
        let event = records[Int(target.rawValue) - 1]
        guard voided.insert(target).inserted, event.isFolded, event.recorded <= cut else { return }
        guard event.strand != 0 else {
            let policy = policies.last { $0.position < target } ?? policies[0]
            var sink = Sink()
            event.see { P(policy).unowned($0, &sink) }
            for (cell, amount) in sink.emitted { unowned.amounts[cell, default: 0] -= Int128(amount) }
            return
        }
        let index = index(ofPoolWith: event.strand)
        wake(index, by: record.recorded)
        if let failure = failures[event.strand]?.firstIndex(of: target) {
            // It has booked nothing: there is no failure any more.
            failures[event.strand]!.remove(at: failure)
            return
        }
        let emission = event.see { view in
            record.see { void in
                pools[index].walker.step(projector, at: record.recorded) {
                    try projector.reverse(&$0, view, voidedBy: void, &$1)
                }
            }
        }
        if emission != nil { pools[index].walker.isQuiet = false }
        note(emission, on: event.strand, at: record.position)
    }
}
