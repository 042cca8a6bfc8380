import Policies
@testable import Simulation
import Touchpoints

@testable import Projections
@testable import Views

/// The stages that a customer came to, one after the other.
struct LifecycleHistory: Equatable, CustomStringConvertible {
    struct Entry: Equatable {
        var time: Timestamp
        var stage: String
        var reason: String
    }
    var entries: [Entry] = []

    /// `2024-01-01T00:00:00Z stage`, a line each.
    var description: String { entries.map { "\($0.time) \($0.stage)" }.joined(separator: "\n") }
    var reasons: [String] { entries.map(\.reason) }

    /// The stages by the fold and its wake-ups, fired as the runtime fires them.
    init(
        _ events: [SketchedEvent], under active: ActivePolicy, clock: String,
        afterStep: (Lifecycle.State, borrowing Sink) throws -> Void = { _, _ in }
    ) throws {
        let projector = Lifecycle(active)
        let clock = try Timestamp(rfc3339: clock)
        var state = Lifecycle.State()
        func note(_ time: Timestamp, _ before: UInt8) {
            guard state.stage != before else { return }
            let stage = active.policy.lifecycle.stages[Int(state.stage) - 1]
            entries.append(
                Entry(time: time, stage: stage.name, reason: stage.reason(alternative: Int(state.alternative))))
        }
        func wake(by bound: Timestamp) throws {
            while let due = projector.nextWake(state), due <= bound {
                let before = state.stage
                var sink = Sink(explains: true)
                projector.wake(&state, due: due, &sink)
                guard projector.nextWake(state).map({ $0 > due }) ?? true else { throw PoisonError.trapped }
                note(due, before)
                try afterStep(state, sink)
            }
        }
        for event in Self.sorted(events) {
            try wake(by: event.occurred)
            let before = state.stage
            var sink = Sink(explains: true)
            try event.withView { try projector.fold(&state, $0, &sink) }
            note(event.occurred, before)
            try afterStep(state, sink)
        }
        try wake(by: clock)
    }

    init(entries: [Entry]) { self.entries = entries }

    /// In fold order.
    static func sorted(_ events: [SketchedEvent]) -> [SketchedEvent] {
        events.enumerated().sorted { ($0.element.occurred, $0.offset) < ($1.element.occurred, $1.offset) }.map(
            \.element)
    }
}

extension SketchedEvent {
    /// The event as a fold sees it, at position 1.
    func withView(_ body: (borrowing EventView) throws -> Void) throws {
        let header = header
        try body(EventView(position: Position(1), header: header.span.bytes, clear: clear.span.bytes))
    }
}

extension Sink {
    /// The names of the rules that the steps named.
    var ruleNames: [String] { rules.map { "\($0.name)" } }
}
