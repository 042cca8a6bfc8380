import EventLog
import Touchpoints

/// A small random history: late, simultaneous, future-dated and nobody's events, and a clock that jumps.
struct World {
    struct Commit {
        var now: Int
        var happenings: [Happening]
        /// Recorded when they occurred, rather than by the clock.
        var isImport: Bool
    }

    var commits: [Commit] = []

    private static let types: [EventType] = [
        .pageViewed, .pageViewed, .productViewed, .orderPaid, .orderPaid, .chatStarted, .complaintRaised,
        .surveyAnswered, .pointsRedeemed, .profileUpdated,
    ]

    /// - Parameter eventsPerCommit: at most so many; a few commits with many events make long histories.
    init(seed: Int, eventsPerCommit: Int = 12, customers range: ClosedRange<Int> = 1...4) {
        var random = SplitMix(seed: seed)
        let customers = random.number(range)
        var now = 100
        var last = 100
        for _ in 0..<random.number(4...9) {
            now += random.pick([0, 0, 1, 5, 24, 48, 72, 200, 900])
            var commit = Commit(now: now, happenings: [], isImport: random.once(in: 3))
            for _ in 0..<random.number(1...eventsPerCommit) {
                let hour =
                    switch random.number(1...10) {
                    case 1, 2, 3: now
                    case 4: last
                    case 5: last + random.pick([10, 24, 48, 72])  // when a wake-up is due
                    case 6: now + random.number(1...60)
                    case 7: max(0, now - random.number(0...700))
                    default: max(0, now - random.number(0...30))
                    }
                var happening = Happening(
                    random.pick(Self.types), at: hour, sequence: Int64(random.pick([0, 0, 0, 1, 2, -1])),
                    of: random.number(1...customers))
                if random.once(in: 12) { happening.customer = 0 }
                if random.once(in: 15) { happening = Happening(.clockTicked, at: hour, of: 0) }
                if random.once(in: 25) {
                    let hours = random.pick([6, 20, 50])
                    happening = Happening(policy: "journey: {sessionGap: \(hours)h}", at: hour)
                }
                last = hour
                commit.happenings.append(happening)
            }
            commits.append(commit)
        }
    }

    /// Writes the history into a log of its own.
    func journal() async throws -> Journal {
        let journal = try await Journal()
        for commit in commits {
            var options = AppendOptions()
            if commit.isImport { options.recordedTime = .occurred }
            try await journal.append(commit.happenings, now: commit.now, options)
        }
        return journal
    }
}
