import Foundation
import Policies
import Projections
@testable import Simulation
import Testing
import Touchpoints

@testable import Views

/// Random histories, with late orders, refunds before their orders and debts, against a ledger of single points.
@Suite struct RandomLedgerTests {
    @Test(arguments: seeds) func `a random history is booked as the slow ledger books it`(_ seed: UInt64) throws {
        var random = Dice(seed)
        let zone = [ZoneTable.utc, .berlin, .cairo][random.roll(3)]
        let active = ActivePolicy.loyalty(in: zone) {
            $0.pendingDays = random.roll(4)
            $0.expiresAfterDays = random.roll(8) == 0 ? nil : $0.pendingDays + 1 + random.roll(15)
        }
        var clock = try Timestamp(rfc3339: random.roll(2) == 0 ? "2024-03-15T00:00:00Z" : "2024-04-15T00:00:00Z")
        var slow = SlowLedger(active.policy.loyalty, in: zone, from: clock - .hours(24))
        var run = LedgerRun(active)
        for step in 0..<40 {
            clock = clock + .minutes(Int64(random.roll(2) == 0 ? random.roll(180) : random.roll(4_000)))
            let event = random.event(recorded: clock)
            slow.take(event)
            try run.take(event)
            try #require(try seen(run) == seen(slow), "after step \(step) of seed \(seed)")
        }
        clock = clock + .hours(24 * 8)
        slow.live(until: clock)
        try run.wait(until: clock)
        #expect(try seen(run) == seen(slow), "at the end of seed \(seed)")
    }

    static var seeds: [UInt64] {
        ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }.map { [$0] } ?? Array(0..<200)
    }

    private struct Seen: Equatable {
        var sums: [Int]
        var lots: [Int: Int]
        var pending: [Int: Int]
        var debts: [Int: Int]
        var waiting: Int
    }

    private func seen(_ run: LedgerRun) throws -> Seen {
        let f = try run.figures
        return Seen(
            sums: [f.earned, f.redeemed, f.expired, f.reversed, f.adjusted, f.balance, f.pending, f.owed].map {
                Int($0)
            },
            lots: Dictionary(uniqueKeysWithValues: run.pool.lots.map { (Int($0.position.rawValue), Int($0.points)) }),
            pending: Dictionary(
                uniqueKeysWithValues: run.pool.pending.map { (Int($0.lot.position.rawValue), Int($0.lot.points)) }),
            debts: Dictionary(uniqueKeysWithValues: run.pool.debts.map { (Int($0.position.rawValue), Int($0.points)) }),
            waiting: run.pool.refunds.count)
    }

    private func seen(_ slow: SlowLedger) -> Seen {
        Seen(
            sums: [
                slow.earned, slow.redeemed, slow.expired, slow.reversed, slow.adjusted, slow.balance, slow.pending,
                slow.debts.count,
            ],
            lots: slow.lots(.balance), pending: slow.lots(.pending),
            debts: slow.debts.reduce(into: [:]) { $0[$1, default: 0] += 1 }, waiting: slow.waiting.count)
    }
}

/// A seeded source of events (SplitMix64).
private struct Dice {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    /// 0 ..< sides.
    mutating func roll(_ sides: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(sides))
    }

    mutating func event(recorded: Timestamp) -> SketchedEvent {
        let lateMinutes = roll(3) == 0 ? Int64(roll(20_000)) : 0
        var event = SketchedEvent(type: .orderPaid, occurred: recorded - .minutes(lateMinutes))
        event.recorded = recorded
        event.strand = StrandNumber(rawValue: UInt32(1 + roll(3)))
        let kind = roll(20)
        switch kind {
        case ..<14:
            event.type = kind < 8 ? .orderPaid : kind < 13 ? .orderRefunded : .orderCancelled
            event.order = UInt64(roll(12))
            if event.type != .orderCancelled {
                event.money = Money(minorUnits: Int64(roll(8) == 0 ? 0 : roll(2_500)), currency: Currency(code: "EUR")!)
            }
        case 14, 15: event.type = .pointsRedeemed
        case 16: event.type = .pointsReversed
        default: event.type = .pointsAdjusted
        }
        if kind >= 14 { event.points = Int64(roll(20)) - (kind >= 18 ? 10 : 0) }
        return event
    }
}
