import Projections
import Touchpoints

/// Cuts one customer's touchpoints, taken in fold order, into sessions; holds those that have not ended.
///
/// The fold keeps types as steps; queries keep whole touchpoints, so that both cut alike. Sessions stand in the order
/// of their last events, so that what has ended stands in front. Flat: the latest, which is mostly the only one, stands
/// by itself, the others in an array, and the steps of all one session behind the other in the same order.
struct OpenSessions<Step: BitwiseCopyable & Equatable & Sendable>: Equatable, Sendable {
    /// The session of the customer's last touchpoint; nil only before the first.
    private(set) var latest: Session?
    private var earlier: [Session] = []
    private var steps: [Step] = []

    var count: Int { earlier.count + (latest == nil ? 0 : 1) }

    /// Takes the next touchpoint. O(1) where it goes on with the latest session, else O(open sessions and their steps).
    ///
    /// - Parameter ended: called for each session that the touchpoint's time finds over (those in front, and its own).
    @inline(__always)
    mutating func take(
        _ step: Step, of type: EventType, in key: UInt64, at time: Timestamp, by rules: SessionRules,
        ended: (_ steps: ArraySlice<Step>, _ isCut: Bool) -> Void
    ) -> SessionPlace {
        if !earlier.isEmpty { endFront(at: time, by: rules, ended) }
        if let last = latest {
            let isOver = rules.isOver(last, at: time)
            if last.key == key, !isOver {
                goOn(step, of: type, at: time, keeping: rules.keptSteps)
                return .continuesLatest
            }
            if isOver, last.key == key || earlier.isEmpty { endLatest(ended) }
            if last.key != key, !earlier.isEmpty,
                let place = takeUp(step, of: type, in: key, at: time, by: rules, ended)
            {
                return place
            }
        }
        start(Session(key: key, lastTime: time, lastType: type, stepCount: 1, isCut: false), step, ended)
        return .starts
    }

    /// Calls `body` for each open session, the one with the latest event last.
    func forEach(_ body: (_ steps: ArraySlice<Step>, _ isCut: Bool) throws -> Void) rethrows {
        var start = 0
        for session in earlier {
            let end = start + Int(session.stepCount)
            try body(steps[start..<end], session.isCut)
            start = end
        }
        if let latest { try body(steps[start...], latest.isCut) }
    }
}

/// The latest session.
extension OpenSessions {
    @inline(__always)
    private mutating func goOn(_ step: Step, of type: EventType, at time: Timestamp, keeping limit: Int) {
        latest!.lastTime = time
        latest!.lastType = type
        if Int(latest!.stepCount) < limit {
            latest!.stepCount += 1
            steps.append(step)
        } else {
            latest!.isCut = true
        }
    }

    /// The latest so far, if it is open, joins the earlier ones.
    @inline(__always)
    private mutating func start(_ session: Session, _ step: Step, _ ended: (ArraySlice<Step>, Bool) -> Void) {
        if count == SessionRules.openLimit { endEarlier(0, ended) }
        if let latest { earlier.append(latest) }
        latest = session
        steps.append(step)
    }

    @inline(__always)
    private mutating func endLatest(_ ended: (ArraySlice<Step>, Bool) -> Void) {
        let range = steps.count - Int(latest!.stepCount)..<steps.count
        ended(steps[range], latest!.isCut)
        steps.removeSubrange(range)
        latest = nil
    }
}

/// The earlier sessions.
extension OpenSessions {
    /// Goes on with the session of that key, which becomes the latest; nil where there is none, or it is over and ends.
    private mutating func takeUp(
        _ step: Step, of type: EventType, in key: UInt64, at time: Timestamp, by rules: SessionRules,
        _ ended: (ArraySlice<Step>, Bool) -> Void
    ) -> SessionPlace? {
        guard let index = earlier.lastIndex(where: { $0.key == key }) else { return nil }
        let session = earlier[index]
        guard !rules.isOver(session, at: time) else {
            endEarlier(index, ended)
            return nil
        }
        let range = stepRange(ofEarlier: index)
        let kept = Array(steps[range])
        earlier.remove(at: index)
        steps.removeSubrange(range)
        if let latest { earlier.append(latest) }
        latest = session
        steps.append(contentsOf: kept)
        goOn(step, of: type, at: time, keeping: rules.keptSteps)
        return .continues(session)
    }

    /// Those in front that are over.
    private mutating func endFront(
        at time: Timestamp, by rules: SessionRules, _ ended: (ArraySlice<Step>, Bool) -> Void
    ) {
        var count = 0
        var end = 0
        while count < earlier.count, rules.isOver(earlier[count], at: time) {
            let next = end + Int(earlier[count].stepCount)
            ended(steps[end..<next], earlier[count].isCut)
            end = next
            count += 1
        }
        guard count > 0 else { return }
        earlier.removeSubrange(..<count)
        steps.removeSubrange(..<end)
    }

    private mutating func endEarlier(_ index: Int, _ ended: (ArraySlice<Step>, Bool) -> Void) {
        let range = stepRange(ofEarlier: index)
        ended(steps[range], earlier[index].isCut)
        earlier.remove(at: index)
        steps.removeSubrange(range)
    }

    private func stepRange(ofEarlier index: Int) -> Range<Int> {
        let start = earlier[..<index].reduce(0) { $0 + Int($1.stepCount) }
        return start..<start + Int(earlier[index].stepCount)
    }
}

/// Encoding.
extension OpenSessions {
    func encode(into writer: inout ByteWriter, _ write: (inout ByteWriter, Step) -> Void) {
        writer.write(count)
        for session in earlier { session.encode(into: &writer) }
        latest?.encode(into: &writer)
        for step in steps { write(&writer, step) }
    }

    init(from reader: inout ByteReader, _ read: (inout ByteReader) throws -> Step) throws {
        var stepCount = 0
        for _ in 0..<(try reader.readCount()) {
            let session = try Session(from: &reader)
            guard session.stepCount > 0, latest.map({ $0.lastTime <= session.lastTime }) ?? true else {
                throw StateError("an open session has no step, or stands out of order")
            }
            stepCount += Int(session.stepCount)
            if let latest { earlier.append(latest) }
            latest = session
        }
        guard stepCount <= reader.remaining else { throw StateError("steps of open sessions are missing") }
        steps.reserveCapacity(stepCount)
        for _ in 0..<stepCount { steps.append(try read(&reader)) }
    }
}
