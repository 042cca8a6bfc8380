import Projections
import Touchpoints

extension World {
    /// The world of a seed. O(events).
    ///
    /// - Parameter views: the names to choose from.
    public init(seed: Int, views names: [String]) {
        var maker = WorldMaker(seed: seed)
        self = maker.make(names)
    }
}

/// Makes a world from its seed.
struct WorldMaker {
    let seed: Int
    var random: SeededRandom
    let features: Features
    let cast: Cast
    /// What the machine's clock says; hours and edges of days, so that events and wake-ups often coincide.
    var now: Timestamp
    var lastOccurred: Timestamp
    var zone = ZoneTable.utc
    var nextID: UInt64 = 1
    /// What was handed to the log so far, to be sent again or voided.
    var sent: [Happening] = []
    private var isEngineOpen = false
    private var steps: [WorldStep] = []

    init(seed: Int) {
        self.seed = seed
        random = SeededRandom(seed: seed)
        features = Features(&random)
        cast = Cast(people: features.people, &random)
        // Days before a change of clocks, in one zone or another.
        now = Timestamp(
            rawValue: random.pick([1_709_640_000, 1_711_620_000, 1_729_800_000, 1_730_592_000]) * 1_000_000)
        lastOccurred = now
    }

    mutating func make(_ names: [String]) -> World {
        let views = chosen(of: names)
        steps.append(.tune(tuning()))
        appendFirst()
        let commits = features.commits
        for _ in 0..<commits {
            goOn()
            steps.append(.append(commit()))
            if random.percent(features.folds) { fold() }
            if random.percent(features.restarts) { disturb(views) }
            if random.percent(features.compares) {
                steps.append(.compare(isEngineOpen || random.once(in: 2) ? .states : .answers))
            }
        }
        return World(
            seed: seed, views: views, tailLimit: random.pick([3, 20, 100_000, 100_000]), steps: steps)
    }

    private mutating func chosen(of names: [String]) -> [String] {
        if random.once(in: 12) { return names }
        let count = random.number(1...3)
        let chosen = Set((0..<count).map { _ in random.number(0...names.count - 1) })
        return chosen.sorted().map { names[$0] }
    }

    private mutating func tuning() -> FoldTuning {
        var tuning = FoldTuning()
        tuning.batchSize = UInt64(random.pick([1, 2, 3, 5, 9, 30, 16_384]))
        tuning.wakeUpLimit = random.pick([1, 2, 5, 16_384])
        tuning.snapshotSpacing = UInt32(random.pick([1, 2, 3, 4, 7, 64]))
        tuning.bulkSize = random.pick([1, 2, 5, 65_536])
        tuning.laneCount = random.number(1...3)
        tuning.residentPages = random.pick([0, 2_048])
        tuning.passEvents = random.pick([1, 7, 1_000])
        tuning.chunkEvents = random.pick([1, 3, 8_192])
        tuning.saveBytes = random.pick([1, 1_000, 1 << 25])
        return tuning
    }

    /// The first policy, as a folder gets it before anything else.
    private mutating func appendFirst() {
        let policy = activation()
        steps.append(.append(.init(now: now, happenings: [policy], isFirst: true)))
        if random.once(in: 4) {
            // Without the mark, another one before any event is recorded by the clock.
            steps.append(.append(.init(now: now, happenings: [activation()], isFirst: random.once(in: 2))))
        }
    }

    private mutating func fold() {
        steps.append(.fold)
        isEngineOpen = true
        if random.once(in: 3) { steps.append(.save) }
    }

    /// What is done to files and processes between commits.
    private mutating func disturb(_ views: [String]) {
        switch random.number(1...10) {
        case 1, 2, 3:
            steps.append(.close)
            isEngineOpen = false
        case 4, 5:
            steps.append(.abandon)
            isEngineOpen = false
        case 6: steps.append(.restartLog)
        case 7: steps.append(.dropIndex)
        case 8:
            steps.append(.rebuild(random.pick(views)))
            isEngineOpen = true
        case 9: steps.append(.dropView(random.pick(views)))
        default: steps.append(.tune(tuning()))
        }
        if case .restartLog = steps[steps.count - 1] { isEngineOpen = false }
        if case .dropIndex = steps[steps.count - 1] { isEngineOpen = false }
        if case .dropView = steps[steps.count - 1] { isEngineOpen = false }
    }

    /// Lets time pass, by the machine's clock.
    private mutating func goOn() {
        if random.percent(features.clockBack) {
            now = now - .hours(Int64(random.number(1...100)))
        } else {
            now = now + .hours(Int64(random.pick(features.pace)))
            if random.once(in: 6) { now = dayEdge(near: now) }
            if random.once(in: 8) { now = now + Elapsed(microseconds: Int64(random.number(-1...1))) }
        }
    }

    /// The instant at which a day begins in the zone of the policy, at most 3 days off; now and then the one before it.
    mutating func dayEdge(near time: Timestamp) -> Timestamp {
        let edge = zone.firstInstant(of: zone.day(of: time) + random.number(-3...3))
        return random.once(in: 4) ? edge - Elapsed(microseconds: 1) : edge
    }

    private mutating func commit() -> WorldStep.Append {
        let isImport = random.percent(features.imports)
        var happenings = (0..<random.number(1...features.eventsPerCommit)).map { _ in happening() }
        if random.percent(features.ticks) { happenings.append(tick()) }
        if random.percent(features.policies) { happenings.append(activation()) }
        if isImport, !random.once(in: 4) {
            // As the importer sorts them; what has no time of its own comes last.
            happenings = happenings.enumerated().sorted {
                ($0.element.occurred ?? .distantFuture, $0.offset) < ($1.element.occurred ?? .distantFuture, $1.offset)
            }.map(\.element)
        }
        return .init(
            now: now, happenings: happenings, isImport: isImport, isBackfill: random.percent(features.backfill))
    }
}
