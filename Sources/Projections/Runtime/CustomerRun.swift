import EventLog
import Touchpoints

/// Steps of one customer that are taken again in occurred order, from a known state on.
///
/// What is noted of them: ``FoldingMarker/ofFoldsAgain``.
struct CustomerRun<P: Projector> {
    /// How far a run has come.
    struct Point {
        /// The last event of the list that was tried.
        var key = FoldKey.start
        var state = P.State()
        /// A wake-up failed: none fires until the next event that does not.
        var isQuiet = false
        var failureCount = 0
        var failure: (position: Position, reason: String)?

        init() {}

        init(key: FoldKey, state: P.State, isQuiet: Bool) {
            (self.key, self.state, self.isQuiet) = (key, state, isQuiet)
        }

        /// Whether all that follows is the same from here and from there.
        func goesOn(like other: Point) -> Bool { isQuiet == other.isQuiet && state == other.state }

        mutating func forgetFailures() { (failureCount, failure) = (0, nil) }
    }

    /// An event failed and may have left the state half changed, where no copy of it was kept.
    struct HalfChanged: Error {}

    /// Steps between two copies of a state: so many are taken once more when the first one fails.
    static var pieceSize: Int { 256 }

    let log: LogReader
    let customer: CustomerNumber
    private let stepper: Stepper<P>

    init(_ fold: ViewFold<P>, _ customer: CustomerNumber) {
        log = fold.log
        self.customer = customer
        stepper = Stepper(
            projector: fold.schedule.projector(at: .start), traps: fold.traps, marker: fold.marker?.ofFoldsAgain)
    }

    /// Takes one step: the wake-ups due by the event, and the event.
    ///
    /// - Parameter keepsCopy: customers without failures, nearly all, pay for no copies: without one, a failure
    ///   throws ``HalfChanged``.
    func step(
        _ point: inout Point, _ event: borrowing EventView, at key: FoldKey, keepsCopy: Bool, _ sink: inout Sink
    ) throws {
        fireWakes(&point, by: key.time, &sink)
        point.key = key
        let before = keepsCopy ? point.state : nil
        let mark = sink.contributions.count
        do {
            try stepper.fold(&point.state, event, at: key.time, &sink)
            point.isQuiet = false
        } catch {
            guard let before else { throw HalfChanged() }
            sink.discard(downTo: mark)
            point.state = before
            point.fail(at: key.position, "\(error)")
        }
    }

    /// Folds a whole list as it is now, from the start on. O(events).
    ///
    /// - Parameter take: is handed what each piece of the list has emitted, and empties the sink.
    func fold(
        _ history: consuming History, wakeUpsBy bound: Timestamp, _ take: (inout Sink) -> Void
    ) throws -> Point {
        var history = history
        var point = Point()
        var sink = Sink()
        var keepsCopies = false
        while try history.peek() != nil {
            history.mark()
            let before = point
            do {
                var count = 0
                while count < Self.pieceSize, let entry = try history.peek() {
                    history.skip()
                    count += 1
                    let event = try log.event(at: entry.key.position)
                    guard entry.isNew, event.isFolded else { continue }
                    try step(&point, event, at: entry.key, keepsCopy: keepsCopies, &sink)
                }
                take(&sink)
            } catch is HalfChanged {
                keepsCopies = true
                history.rewind()
                point = before
                sink.discard()
            }
        }
        fireWakes(&point, by: bound, &sink)
        take(&sink)
        return point
    }
}

extension CustomerRun {
    /// Fires what is due by `bound`. A failing wake-up changes nothing and silences the rest.
    func fireWakes(_ point: inout Point, by bound: Timestamp, _ sink: inout Sink) {
        while !point.isQuiet, let due = stepper.projector.nextWake(point.state), due <= bound {
            let before = point.state
            let mark = sink.contributions.count
            do {
                try stepper.wake(&point.state, due: due, of: customer, &sink)
            } catch {
                sink.discard(downTo: mark)
                point.state = before
                point.isQuiet = true
                point.fail(at: point.key.position, "wake-up due at \(due): \(error)")
            }
        }
    }
}

extension CustomerRun.Point {
    fileprivate mutating func fail(at position: Position, _ reason: String) {
        failureCount += 1
        if failure == nil { failure = (position, reason) }
    }
}
