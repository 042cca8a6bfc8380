import Policies
import Projections
import Touchpoints

/// When sessions end, by the policy (rule 22).
struct SessionRules: Sendable {
    /// Sessions with an id that one customer has open at once; beyond, the one that was silent longest ends.
    static let openLimit = 1_024

    /// Steps that are kept of one session.
    let keptSteps: Int
    private let gap: Elapsed
    private let endsAfter: Period
    private let zone: ZoneTable
    /// Within this time after its last event no session with an id has ended: saves asking the calendar.
    private let surelyOpen: Elapsed

    init(_ active: ActivePolicy, keptSteps: Int = .max) {
        self.keptSteps = keptSteps
        gap = active.policy.journey.sessionGap
        endsAfter = active.policy.journey.sessionEndsAfter
        zone = active.zone
        switch endsAfter {
        case .elapsed(let elapsed): surelyOpen = elapsed
        // The day of the last event may be nearly over, and a zone may skip a day and more.
        case .days(let days): surelyOpen = .hours(Int64(max(0, days - 4)) * 24)
        }
    }

    /// Whether a session has ended by `time`: without an id after more than the gap, with one as soon as it is over.
    @inline(__always)
    func isOver(_ session: Session, at time: Timestamp) -> Bool {
        let silence = time - session.lastTime
        if session.key == 0 { return silence > gap }
        if silence < surelyOpen { return false }
        return time >= endsAfter.end(after: session.lastTime, in: zone)
    }
}
