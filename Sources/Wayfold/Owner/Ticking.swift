import Touchpoints

/// When a process that stays open lets time pass by `clock.ticked` (rule 9).
struct Ticking {
    /// When something arrived last, a tick included, by the machine's clock.
    private var lastArrival: Timestamp?
    /// The owner gives the folder up: nothing is to be appended any more.
    var hasEnded = false

    private static let leastPause = Elapsed.seconds(1)

    mutating func noteArrival(at now: Timestamp) { lastArrival = now }

    /// Whether a wake-up is due by now and nothing has arrived for a second.
    ///
    /// A wake-up that is due lies behind the log's clock, so a machine's clock that went back behind it never ticks.
    func isDue(_ earliest: Timestamp?, now: Timestamp) -> Bool {
        guard !hasEnded, let earliest, earliest <= now else { return false }
        guard let lastArrival else { return true }
        // Either way: the machine's clock may have been set back since.
        return now >= lastArrival + Self.leastPause || now <= lastArrival - Self.leastPause
    }
}
