public import Policies
public import Projections
public import Touchpoints

/// The view *journey*: what customers do after what, in whole journeys and in sessions.
///
/// Only touchpoints count. Two neighbouring touchpoints of a customer are an *edge* of the directly-follows graph by
/// customer, two of a session an edge by session (van der Aalst, Process Mining, 2016, section 6.4.2). The totals hold
/// each edge as a histogram of the time between its two events, so that its count, its median and its 95th percentile
/// come from the same cells. Where journeys and sessions end follows from starts and edges (see ``JourneyGraph``).
///
/// Cost of a step: one search among the edges that the customer has made, one or two additions to totals.
public struct Journey: Projector {
    public typealias State = JourneyState

    public static let name = "journey"
    public static let version = 1

    let rules: SessionRules

    public init(_ active: ActivePolicy) {
        rules = SessionRules(active, keptSteps: JourneyState.keptSteps)
    }

    /// Phases are read by answers only, so that another division into phases needs no rebuild.
    public static func reads(_ policy: Policy) -> String {
        """
        sessionGap = \(Period.elapsed(policy.journey.sessionGap))
        sessionEndsAfter = \(policy.journey.sessionEndsAfter)
        timeZone = \(policy.timeZone)

        """
    }

    private static let sessionPaths = ["journey.sessionGap", "journey.sessionEndsAfter"]

    public static let parts: [Part<Journey>] = [
        .map, .phases, .edges, .starts, .ends, .variants, .funnel, .sessions, .timeline, .customers, .passages,
        .funnelEvents,
    ]
}

/// The fold.
extension Journey {
    public func fold(_ state: inout JourneyState, _ event: borrowing EventView, _ sink: inout Sink) throws {
        guard event.isTouchpoint else { return }
        let type = event.type
        let time = event.time
        let before = state.sessions.latest
        let place = state.sessions.take(type.rawValue, of: type, in: event.session, at: time, by: rules) {
            steps, isCut in
            sink.because(Rule("session-ended", by: Self.sessionPaths))
            sink.add(to: JourneyTable.variants) { Variant.append(steps, isCut: isCut, to: &$0) }
        }
        addEdges(&state, to: type, at: time, after: before, place, &sink)
        if !event.channel.isNone { sink.add(to: JourneyTable.channel(event.channel, of: type)) }
        if let opinion = Opinion(event, after: before?.lastType ?? .none) {
            sink.because(Rule("opinion-counted"))
            opinion.add(to: &sink)
        }
    }

    /// What the place of a touchpoint in the journey and in its session adds to the graphs.
    private func addEdges(
        _ state: inout JourneyState, to type: EventType, at time: Timestamp, after before: Session?,
        _ place: SessionPlace, _ sink: inout Sink
    ) {
        guard let before else {
            sink.because(Rule("journey-started"))
            sink.add(to: Cell(JourneyTable.starts, UInt64(type.rawValue)))
            sink.add(to: Cell(JourneyTable.sessionStarts, UInt64(type.rawValue)))
            return noteTouchpoint(&state, type, &sink)
        }
        let edge = Edge(from: before.lastType, to: type)
        let bin = LogBins.bin(of: time - before.lastTime)
        var marks = SeenEdges.byCustomer
        switch place {
        case .continuesLatest:
            sink.because(Rule("session-continued", by: Self.sessionPaths))
            sink.add(to: JourneyTable.flow(JourneyTable.sharedFlow, edge, bin))
            marks |= SeenEdges.bySession
        case .continues(let earlier):
            sink.because(Rule("session-resumed", by: Self.sessionPaths))
            sink.add(to: JourneyTable.flow(JourneyTable.customerFlow, edge, bin))
            let inner = Edge(from: earlier.lastType, to: type)
            sink.add(to: JourneyTable.flow(JourneyTable.sessionFlow, inner, LogBins.bin(of: time - earlier.lastTime)))
            if state.seen.note(inner, SeenEdges.bySession) != 0 {
                sink.add(to: Cell(JourneyTable.sessionEdgeCustomers, inner.packed))
            }
        case .starts:
            sink.because(Rule("session-started", by: Self.sessionPaths))
            sink.add(to: JourneyTable.flow(JourneyTable.customerFlow, edge, bin))
            sink.add(to: Cell(JourneyTable.sessionStarts, UInt64(type.rawValue)))
        }
        let new = state.seen.note(edge, marks)
        guard new != 0 else { return }
        if new & SeenEdges.bySession != 0 { sink.add(to: Cell(JourneyTable.sessionEdgeCustomers, edge.packed)) }
        if new & SeenEdges.byCustomer != 0 {
            sink.add(to: Cell(JourneyTable.edgeCustomers, edge.packed))
            // Who has made the edge before has seen the touchpoint before: only a new edge needs this search.
            noteTouchpoint(&state, type, &sink)
        }
    }

    private func noteTouchpoint(_ state: inout JourneyState, _ type: EventType, _ sink: inout Sink) {
        if state.seen.note(Edge(from: .none, to: type), SeenEdges.byCustomer) != 0 {
            sink.add(to: Cell(JourneyTable.touchpointCustomers, UInt64(type.rawValue)))
        }
    }

    /// A touchpoint of no customer counts in the map, under its channel, and has no place in any journey.
    public func unowned(_ event: borrowing EventView, _ sink: inout Sink) {
        guard event.isTouchpoint else { return }
        sink.add(to: Cell(JourneyTable.unowned, UInt64(event.type.rawValue)))
        if !event.channel.isNone { sink.add(to: JourneyTable.channel(event.channel, of: event.type)) }
        Opinion(event, after: .none)?.add(to: &sink)
    }
}
