import Touchpoints

/// Finds the events of a customer that make a figure what it is: those without which it, or its trail, would be another.
///
/// Where one of two events suffices, the earlier one stays. What is found gives the same trail when it is folded alone, and
/// no event of it can go.
final class NeededEvents<P: Projector> {
    /// So many steps are taken for one figure; what has not been tried by then stays among the needed.
    static var stepLimit: Int { 300_000 }

    let fold: ViewFold<P>
    let rows: FigureRows<P>
    let figure: Figure
    /// With all events.
    let trail: FigureTrail
    private var stepCount = 0
    /// Whether all that is needed was proved to be.
    var isProved: Bool { stepCount <= Self.stepLimit }

    private struct Deviation: Error {}

    init(_ fold: ViewFold<P>, _ rows: FigureRows<P>, _ figure: Figure, _ trail: FigureTrail) {
        self.fold = fold
        self.rows = rows
        self.figure = figure
        self.trail = trail
    }

    /// - Parameter silent: the events that do not change the figure, in fold order; `isIdle`: nor the state at all.
    /// - Returns: those that are needed all the same. O(silent events x events) steps, within the limit.
    func needed(of silent: [(event: Position, isIdle: Bool)]) throws -> Set<Position> {
        var omitted = Set(silent.filter(\.isIdle).map(\.event))
        var candidates = silent.filter { !$0.isIdle }.map(\.event)
        if try !isSame(without: omitted) {
            omitted = []
            candidates = silent.map(\.event)
        }
        var count = candidates.count
        while count > 0 {
            let before = candidates.count
            candidates = try dropping(count, of: candidates, &omitted)
            // Behind a single event that can go another one may.
            if count > 1 { count = (count + 1) / 2 } else if candidates.count == before { break }
            count = min(count, candidates.count)
        }
        return Set(candidates)
    }

    /// Tries to do without each so many of the candidates, the latest first; returns those that stay.
    private func dropping(
        _ count: Int, of candidates: [Position], _ omitted: inout Set<Position>
    ) throws -> [Position] {
        var kept: [Position] = []
        var rest = candidates[...]
        while !rest.isEmpty {
            let piece = rest.suffix(count)
            rest = rest.dropLast(piece.count)
            if isProved, try isSame(without: omitted.union(piece)) {
                omitted.formUnion(piece)
            } else {
                kept = piece + kept
            }
        }
        return kept
    }

    /// Whether the trail is the same without some events, or with one that was voided. O(events that are left).
    func isSame(without omitted: Set<Position> = [], with restored: FoldKey? = nil) throws -> Bool {
        var other = FigureTrail()
        do {
            let isSetAside = try walk(without: omitted, with: restored) { moment, value in
                if other.take(moment.cause, moment.rules, value), !trail.agrees(withLastOf: other) { throw Deviation() }
            }
            other.finish(isSetAside: isSetAside)
        } catch is Deviation {
            return false
        }
        return other == trail
    }

    /// Calls `body` after each step with the figure's value.
    private func walk(
        without omitted: Set<Position>, with restored: FoldKey?, _ body: (TraceMoment<P.State>, Value) throws -> Void
    ) throws -> Bool {
        var (known, value) = (P.State?.none, Value.null)
        return try StepTrace(fold, rows.customer, without: omitted, with: restored).run { moment, isOwn, state in
            stepCount += 1
            guard isOwn else { return }
            let state = state()
            if state != known, !trail.isSetAside {
                known = state
                value = try rows(in: state)[figure]
            }
            try body(moment, value)
        }
    }

    /// The figure as these events alone give it.
    func value(without omitted: Set<Position>) throws -> Value {
        var trail = FigureTrail()
        let isSetAside = try walk(without: omitted, with: nil) { _ = trail.take($0.cause, $0.rules, $1) }
        trail.finish(isSetAside: isSetAside)
        return trail.value
    }
}
