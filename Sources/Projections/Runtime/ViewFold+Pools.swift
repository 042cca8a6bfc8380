import EventLog
import Touchpoints

/// Recorded order: customers that become one or part, at the position of the record that says so (rule 23).
///
/// Both first fire the wake-ups due. Regrouping ends the quiet that a failed wake-up has left: the next one meets another
/// state.
extension ViewFold {
    func join(_ a: StrandNumber, _ b: StrandNumber, _ decision: Decision, at time: Timestamp) throws {
        let customers = [identity.customer(of: a), identity.customer(of: b)].sorted()
        guard customers[0] != customers[1] else { return identity.apply(decision) }
        let groups = customers.map { identity.strands(of: $0) }
        for customer in customers { try prepare(customer, at: time, before: decision.position) }
        let (keptPage, kept) = try table.page(of: customers[0])
        let (gonePage, gone) = try table.page(of: customers[1])
        let slots = (keptPage.slots[kept], gonePage.slots[gone])
        if slots.0.isSetAside != slots.1.isSetAside {
            // The one that was not set aside now is, too.
            var run = PoolRun(self, with: a)
            try run.fold(through: decision.position.previous, wakeUpsBy: time)
            move(slots.0.isSetAside ? groups[1] : groups[0], of: run, .takeBack)
        }
        identity.apply(decision)
        gonePage.slots[gone] = Slot()
        gonePage.slots[gone].isTouched = true
        keptPage.slots[kept].take(slots.1)
        let first = customers.compactMap { setAside[$0] }.min { $0.position < $1.position }
        note(nil, customers[1])
        note(
            first.map { SetAside(customer: customers[0], position: $0.position, reason: $0.reason) }, customers[0])
        noteWake(of: customers[0], keptPage, kept)
    }

    func part(_ leaving: [StrandNumber], _ decision: Decision, at time: Timestamp) throws {
        let customer = identity.customer(of: leaving[0])
        let staying = identity.strands(of: customer).filter { !leaving.contains($0) }
        guard !staying.isEmpty else { return identity.apply(decision) }
        try prepare(customer, at: time, before: decision.position)
        let (page, index) = try table.page(of: customer)
        var old = page.slots[index]
        identity.apply(decision)
        guard old.isPresent else { return }
        var run: PoolRun<P>?
        if old.isSetAside {
            run = PoolRun(self, with: leaving[0])
            try run!.fold(through: decision.position.previous, wakeUpsBy: time)
        }
        let parted = old.state.part(leaving)
        page.slots[index] = Slot()
        page.slots[index].isTouched = true
        note(nil, customer)
        for (strands, state) in [(staying, old.state), (leaving, parted)] {
            let number = CustomerNumber(rawValue: strands[0].rawValue)
            let (page, index) = try table.page(of: number)
            touch(number, page, index)
            page.slots[index].key = try lastKey(of: strands, before: decision.position)
            if let run {
                let failures = run.failures(of: strands)
                page.slots[index].poisoned = UInt32(failures.count)
                note(failures, of: number)
                if failures.isEmpty { move(strands, of: run, .add) }
            }
            guard page.slots[index].isPresent else { continue }
            page.slots[index].state = state
            noteWake(of: number, page, index)
        }
    }

    private func prepare(_ customer: CustomerNumber, at time: Timestamp, before position: Position) throws {
        let (page, index) = try table.page(of: customer)
        touch(customer, page, index)
        guard isBooked(position) else { return }
        try fireDue(by: time, of: customer, page, index, through: position.previous)
    }

    /// The last folded event of strands; `.start` where there is none.
    private func lastKey(of strands: [StrandNumber], before position: Position) throws -> FoldKey {
        var last = FoldKey.start
        let log = log
        for strand in strands {
            let positions = try log.history(of: strand, after: .start, through: position.previous).map(\.position)
            for position in positions.sorted(by: >) where position > last.position && position >= first {
                let event = try log.event(at: position)
                guard event.isFolded, event.recorded <= cut ?? event.recorded else { continue }
                last = stepper.key(of: event)
                break
            }
        }
        return last
    }
}

extension Slot {
    /// Takes in the accounts of a customer who becomes one with this one.
    fileprivate mutating func take(_ other: Self) {
        isQuiet = false
        guard other.isPresent else { return }
        if isPresent { state.join(other.state) } else { state = other.state }
        key = max(key, other.key)
        poisoned += other.poisoned
    }
}
