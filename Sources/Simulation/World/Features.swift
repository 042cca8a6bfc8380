import Touchpoints

/// What a world is made of: each seed switches features off and on and weighs the rest, so that some worlds hold much
/// of one thing and nothing of others (swarm testing).
struct Features {
    var people: Int
    var commits: Int
    var eventsPerCommit: Int
    /// Shares in a hundred, of events or of commits.
    var late: Int
    var simultaneous: Int
    var future: Int
    var dayEdges: Int
    var sequences: Int
    var unowned: Int
    var duplicates: Int
    var identified: Int
    var merges: Int
    var splits: Int
    var voids: Int
    var blocked: Int
    var poison: Int
    var policies: Int
    var ticks: Int
    var imports: Int
    var backfill: Int
    var clockBack: Int
    var restarts: Int
    var folds: Int
    var compares: Int
    var zones: Bool
    /// Hours by which time goes on between commits.
    var pace: [Int]
    var types: [EventType]

    init(_ random: inout SeededRandom) {
        func share(_ random: inout SeededRandom, on: Int, _ range: ClosedRange<Int>) -> Int {
            random.percent(on) ? random.number(range) : 0
        }
        people = random.pick([1, 1, 2, 3, 4, 6, 9])
        switch random.number(1...100) {
        case 1...30:
            commits = random.number(2...5)
            eventsPerCommit = random.number(1...4)
        case 31...85:
            commits = random.number(3...12)
            eventsPerCommit = random.number(1...9)
        case 86...98:
            commits = random.number(8...25)
            eventsPerCommit = random.number(2...12)
        default:
            commits = random.number(10...20)
            eventsPerCommit = random.number(15...40)
        }
        if random.once(in: 60) { people = random.number(140...160) }
        late = share(&random, on: 80, 5...50)
        simultaneous = share(&random, on: 60, 5...50)
        future = share(&random, on: 40, 3...15)
        dayEdges = share(&random, on: 60, 5...40)
        sequences = share(&random, on: 40, 10...60)
        unowned = share(&random, on: 50, 3...15)
        duplicates = share(&random, on: 40, 3...15)
        identified = share(&random, on: 75, 3...25)
        merges = share(&random, on: 50, 2...12)
        splits = share(&random, on: 50, 2...12)
        voids = share(&random, on: 50, 3...15)
        blocked = share(&random, on: 30, 2...8)
        poison = share(&random, on: 35, 3...15)
        policies = share(&random, on: 40, 5...30)
        ticks = share(&random, on: 60, 5...40)
        imports = share(&random, on: 40, 10...60)
        backfill = share(&random, on: 20, 10...50)
        clockBack = share(&random, on: 30, 5...30)
        restarts = share(&random, on: 70, 5...40)
        folds = random.pick([20, 50, 80, 100])
        compares = random.pick([0, 10, 30, 60])
        zones = random.percent(70)
        pace = random.pick([[0, 1, 2, 5], [0, 1, 24, 25, 48], [0, 3, 24, 72, 240], [0, 0, 0, 1], [24, 48, 720]])
        types = Self.types(&random)
    }

    /// A few types that make much of a world, among all that a view looks at.
    private static func types(_ random: inout SeededRandom) -> [EventType] {
        let all: [EventType] = [
            .pageViewed, .productViewed, .orderPlaced, .orderPaid, .orderPaid, .orderRefunded, .orderCancelled,
            .chatStarted, .complaintRaised, .complaintResolved, .complaintReopened, .surveyAnswered, .reviewPosted,
            .memberEnrolled, .memberLeft, .pointsRedeemed, .pointsReversed, .pointsAdjusted, .profileUpdated,
            .consentGiven, .none,
        ]
        let commerce: [EventType] = [
            .orderPaid, .orderPaid, .orderRefunded, .orderCancelled, .pointsRedeemed, .pointsAdjusted, .pageViewed,
        ]
        let service: [EventType] = [.complaintRaised, .complaintResolved, .chatStarted, .surveyAnswered, .orderPaid]
        switch random.number(1...4) {
        case 1: return commerce
        case 2: return service
        case 3: return (0..<random.number(1...4)).map { _ in random.pick(all) }
        default: return all
        }
    }
}
