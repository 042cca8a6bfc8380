import Projections
import Touchpoints

/// Cuts one customer's touchpoints, taken in fold order, into sessions; holds those that have not ended.
///
/// The fold keeps types as steps; queries keep whole touchpoints, so that both cut alike. Sessions stand in the order
/// of their last events, the latest at the end, so that what has ended stands in front. Flat: two arrays, the steps of
/// the sessions one behind the other in the same order.
struct OpenSessions<Step: BitwiseCopyable & Equatable & Sendable>: Equatable, Sendable {
    private(set) var sessions: [Session] = []
    private var steps: [Step] = []

    /// The session of the customer's last touchpoint; nil only before the first.
    var latest: Session? { sessions.last }

    /// Takes the next touchpoint. O(1) where it goes on with the latest session, else O(open sessions and their steps).
    ///
    /// - Parameter ended: called for each session that the touchpoint's time finds over (those in front, and its own).
    @inline(__always)
    mutating func take(
        _ step: Step, of type: EventType, in key: UInt64, at time: Timestamp, by rules: SessionRules,
        ended: (_ steps: ArraySlice<Step>, _ isCut: Bool) -> Void
    ) -> SessionPlace {
        if let first = sessions.first, rules.isOver(first, at: time) { endFront(at: time, by: rules, ended) }
        if let last = sessions.last, last.key == key, !rules.isOver(last, at: time) {
            append(step, of: type, at: time, keeping: rules.keptSteps)
            return .continuesLatest
        }
        return takeElsewhere(step, of: type, in: key, at: time, by: rules, ended)
    }

    /// Calls `body` for each open session, the one with the latest event last.
    func forEach(_ body: (_ steps: ArraySlice<Step>, _ isCut: Bool) throws -> Void) rethrows {
        var start = 0
        for session in sessions {
            let end = start + Int(session.stepCount)
            try body(steps[start..<end], session.isCut)
            start = end
        }
    }
}

/// The less usual ways.
extension OpenSessions {
    private mutating func takeElsewhere(
        _ step: Step, of type: EventType, in key: UInt64, at time: Timestamp, by rules: SessionRules,
        _ ended: (ArraySlice<Step>, Bool) -> Void
    ) -> SessionPlace {
        if let index = sessions.lastIndex(where: { $0.key == key }) {
            let session = sessions[index]
            let start = sessions[..<index].reduce(0) { $0 + Int($1.stepCount) }
            let range = start..<start + Int(session.stepCount)
            if rules.isOver(session, at: time) {
                ended(steps[range], session.isCut)
                remove(index..<index + 1, range)
            } else {
                let kept = Array(steps[range])
                remove(index..<index + 1, range)
                sessions.append(session)
                steps.append(contentsOf: kept)
                append(step, of: type, at: time, keeping: rules.keptSteps)
                return .continues(session)
            }
        }
        if sessions.count == SessionRules.openLimit {
            let range = 0..<Int(sessions[0].stepCount)
            ended(steps[range], sessions[0].isCut)
            remove(0..<1, range)
        }
        sessions.append(Session(key: key, lastTime: time, lastType: type, stepCount: 1, isCut: false))
        steps.append(step)
        return .starts
    }

    private mutating func endFront(
        at time: Timestamp, by rules: SessionRules, _ ended: (ArraySlice<Step>, Bool) -> Void
    ) {
        var count = 0
        var end = 0
        while count < sessions.count, rules.isOver(sessions[count], at: time) {
            let next = end + Int(sessions[count].stepCount)
            ended(steps[end..<next], sessions[count].isCut)
            end = next
            count += 1
        }
        remove(0..<count, 0..<end)
    }

    /// Adds a step to the session at the end.
    @inline(__always)
    private mutating func append(_ step: Step, of type: EventType, at time: Timestamp, keeping limit: Int) {
        let index = sessions.count - 1
        sessions[index].lastTime = time
        sessions[index].lastType = type
        if Int(sessions[index].stepCount) < limit {
            sessions[index].stepCount += 1
            steps.append(step)
        } else {
            sessions[index].isCut = true
        }
    }

    private mutating func remove(_ range: Range<Int>, _ stepRange: Range<Int>) {
        sessions.removeSubrange(range)
        steps.removeSubrange(stepRange)
    }
}

/// Encoding.
extension OpenSessions {
    func encode(into writer: inout ByteWriter, _ write: (inout ByteWriter, Step) -> Void) {
        writer.write(sessions.count)
        for session in sessions {
            writer.writeFixed(session.key)
            writer.write(session.lastTime)
            writer.write(session.lastType.rawValue)
            writer.write(session.stepCount)
            writer.write(session.isCut)
        }
        for step in steps { write(&writer, step) }
    }

    init(from reader: inout ByteReader, _ read: (inout ByteReader) throws -> Step) throws {
        var stepCount = 0
        for _ in 0..<(try reader.readCount()) {
            let session = Session(
                key: try reader.readFixed(), lastTime: try reader.readTimestamp(),
                lastType: EventType(rawValue: try reader.readUInt16()), stepCount: try reader.readUInt32(),
                isCut: try reader.readBool())
            guard session.stepCount > 0, sessions.last.map({ $0.lastTime <= session.lastTime }) ?? true else {
                throw StateError("an open session has no step, or stands out of order")
            }
            stepCount += Int(session.stepCount)
            sessions.append(session)
        }
        guard stepCount <= reader.remaining else { throw StateError("steps of open sessions are missing") }
        steps.reserveCapacity(stepCount)
        for _ in 0..<stepCount { steps.append(try read(&reader)) }
    }
}
