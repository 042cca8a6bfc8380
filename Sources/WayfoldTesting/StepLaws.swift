import Projections
import Simulation
import Touchpoints

/// The laws of single steps, checked on the states after each event and after the wake-ups behind it.
struct StepLaws<P: Projector> {
    let active: ActivePolicy

    func check(_ events: [SketchedEvent]) throws -> [LawViolation] {
        let customers = Dictionary(grouping: events.filter { !$0.strand.isNone }, by: \.strand)
        var violations: [LawViolation] = []
        for (_, own) in customers.sorted(by: { $0.key < $1.key }) {
            let ordered = own.sorted { ($0.recorded ?? $0.occurred) < ($1.recorded ?? $1.occurred) }
            for count in 1...ordered.count {
                let events = Array(ordered.prefix(count))
                let last = events.map { max($0.occurred, $0.recorded ?? $0.occurred) }.max()!
                for clock in [last, last + .hours(24 * 400)] { violations += try check(events, clock) }
                if !violations.isEmpty { return violations }
            }
        }
        return violations
    }

    private func check(_ events: [SketchedEvent], _ clock: Timestamp) throws -> [LawViolation] {
        let place = "after \(events.count) events of member:\(events[0].strand.rawValue), the clock at \(clock)"
        var violations: [LawViolation] = []
        func note(_ law: LawViolation.Law, _ text: String) {
            violations.append(LawViolation(law: law, description: "\(place): \(text)"))
        }
        let first = try sketch(events, of: P.self, under: active, clock: "\(clock)")
        let second = try sketch(events, of: P.self, under: active, clock: "\(clock)")
        if let failure = first.failure { note(.takesEveryStep, failure) }
        guard let state = first.state, let again = second.state else { return violations }
        if state != again { note(.isDeterministic, "the state is \(state), and then \(again)") }
        if first.totals != second.totals { note(.isDeterministic, "two folds of the same events add other totals") }
        if let text = encodingFault(state) { note(.encodesItsState, text) }
        return violations
    }

    private func encodingFault(_ state: P.State) -> String? {
        let bytes = bytes(of: state)
        do {
            var reader = ByteReader(bytes.span.bytes)
            let copy = try P.State(from: &reader)
            if reader.remaining > 0 { return "\(reader.remaining) bytes of \(state) are not read" }
            if copy != state { return "\(state) is read back as \(copy)" }
            return self.bytes(of: copy) == bytes ? nil : "\(state) has other bytes when it is read back"
        } catch {
            return "\(state) cannot be read back: \(error)"
        }
    }

    private func bytes(of state: P.State) -> [UInt8] {
        var writer = ByteWriter()
        state.encode(into: &writer)
        return writer.bytes
    }
}
