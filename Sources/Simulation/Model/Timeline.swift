import Projections
import Touchpoints

/// A view in occurred order: each customer's events sorted, and folded under one policy.
struct Timeline<P: Projector> {
    private let projector: P
    private let partition: Partition
    /// What counts: folded, not voided (rule 35), not behind the cut (rule 11).
    private let events: [Record]
    private let clock: Timestamp

    init(_ records: [Record], _ policy: ActivePolicy, cut: Timestamp?) {
        projector = P(policy)
        partition = Partition(records)
        let voided = Set(records.compactMap(\.voided))
        events = records.filter { $0.isFolded && !voided.contains($0.position) && $0.time <= cut ?? .distantFuture }
        clock = min(records[records.count - 1].recorded, cut ?? .distantFuture)
    }

    func folded() -> Canon {
        var canon = Canon()
        var customers: [UInt32: [Record]] = [:]
        for event in events {
            guard event.strand == 0 else {
                customers[partition.number(of: event.strand), default: []].append(event)
                continue
            }
            var sink = Sink()
            event.see { projector.unowned($0, &sink) }
            var emission = Emission()
            emission.add(sink)
            canon.add(emission)
        }
        for (number, events) in customers { fold(number, events.sorted(by: Record.isBefore), into: &canon) }
        return canon
    }

    private func fold(_ number: UInt32, _ events: [Record], into canon: inout Canon) {
        var walker = Walker<P>()
        var whole = Emission()
        var hasFailed = false
        func take(_ emission: Emission?) {
            if let emission { whole.add(emission) } else { hasFailed = true }
        }
        for event in events {
            // Rule 3: what is due at the event's time fires before it.
            walker.wake(projector, by: event.time, emit: take)
            let emission = event.see { view in
                walker.step(projector, at: event.time) { try projector.fold(&$0, view, &$1) }
            }
            if emission != nil { walker.isQuiet = false }
            take(emission)
        }
        walker.wake(projector, by: clock, emit: take)
        canon.states[number] = walker.bytes
        canon.wakeCount += walker.wakeCount
        if hasFailed {
            // Rule 34: the customer contributes only that it is set aside.
            canon.setAside.insert(number)
            return
        }
        var sink = Sink()
        projector.standing(walker.state, &sink)
        whole.add(sink)
        canon.add(whole)
    }
}
