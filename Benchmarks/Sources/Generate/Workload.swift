/// Events of many customers over two years, in the order in which they arrive.
///
/// - Customers: the share of customer number r falls like r^-0.8, so that the busiest has about 150 times the mean.
/// - Times ascend; one event in a hundred occurred earlier than that, by up to 20 days.
/// - One event in two hundred was sent before, a little while ago, byte by byte the same.
struct Workload {
    static let days = 731
    private static let lateOneIn: UInt64 = 100
    private static let doubledOneIn: UInt64 = 150
    private static let doubledWithin: UInt64 = 100

    private var random: SplitMix64
    private var customers: [Customer]
    private let clock = CivilClock(days: 2 * days)
    /// Half of the longest step, in milliseconds.
    private let stepMax: UInt64
    /// Odd for late events, even for all others: no customer has two events at one time.
    private var now: UInt64 = 0
    private var doubled: (line: [UInt8], due: Int)?

    init(events: Int, customers count: Int, seed: UInt64) {
        random = SplitMix64(seed: seed)
        customers = Array(repeating: Customer(), count: count)
        stepMax = UInt64(Self.days) * CivilClock.dayMilliseconds / UInt64(events) - 1
    }

    /// Writes the event number `index` of those that were promised.
    mutating func write(_ index: Int, into output: inout LineOutput) throws {
        if let again = doubled, again.due == index {
            doubled = nil
            output.put(again.line)
            return try output.endLine()
        }
        // On the mean half of the longest step: the events fill the two years.
        now += 2 * (1 + random.below(stepMax))
        let rank = Int(Double(customers.count) * share(random.unit()))
        let type = customers[rank].next(&random)
        let writer = EventWriter(
            type: type, customer: customers[rank], number: UInt64(rank) + 1, time: occurred(), clock: clock)
        writer.write(&random, into: &output)
        if doubled == nil, random.isOneIn(Self.doubledOneIn) {
            doubled = (output.line, index + 1 + Int(random.below(Self.doubledWithin)))
        }
        try output.endLine()
    }

    private mutating func occurred() -> UInt64 {
        guard random.isOneIn(Self.lateOneIn) else { return now }
        let part = random.unit()
        let delay = UInt64(part * part * part * Double(20 * CivilClock.dayMilliseconds)) | 1
        return delay < now ? now - delay : now
    }

    /// 0 ..< 1: where among the customers a draw falls.
    private func share(_ draw: Double) -> Double {
        let root = 0.2 + 0.8 * draw
        let least = 0.2 * 0.2 * 0.2 * 0.2 * 0.2
        return (root * root * root * root * root - least) / (1 - least)
    }
}
