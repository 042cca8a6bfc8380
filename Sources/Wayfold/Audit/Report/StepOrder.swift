import EventLog
import Projections
import Touchpoints

/// The order in which a view has taken steps: by time, a wake-up before the events of its time, and these as the view folds them.
struct StepOrder {
    struct Key: Hashable, Comparable {
        let time: Timestamp
        let sequence: Int64
        /// The start: a wake-up.
        let position: Position

        static func < (a: Key, b: Key) -> Bool {
            if a.time != b.time { return a.time < b.time }
            if (a.position == .start) != (b.position == .start) { return a.position == .start }
            return (a.sequence, a.position) < (b.sequence, b.position)
        }
    }

    private let log: LogReader
    private let order: FoldOrder

    init(_ log: LogReader, _ order: FoldOrder) { (self.log, self.order) = (log, order) }

    func key(of step: ViewExplanation.Step) throws -> Key {
        let log = log
        guard let position = step.position else { return Key(time: step.time, sequence: 0, position: .start) }
        let sequence = order == .occurred ? try log.event(at: position).sequence : 0
        return Key(time: step.time, sequence: sequence, position: position)
    }
}
