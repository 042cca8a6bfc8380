import EventLog
import Testing
import Touchpoints

@testable import Projections

/// Single merges, splits, voids and late events, each with what it must leave behind.
@Suite(.serialized) struct ListEditTests {
    private let first = CustomerNumber(rawValue: 1)
    private let second = CustomerNumber(rawValue: 2)

    private func fold<P: Projector>(_: P.Type, _ scribe: Scribe) throws -> ViewFold<P> {
        try ViewFold(
            log: scribe.journal.log,
            schedule: PolicySchedule(Array(scribe.journal.policies(through: scribe.position).suffix(1))), store: nil,
            about: nil, marker: nil)
    }

    /// Folds what was written since as one batch, and holds all that can be seen against the slow fold.
    private func go<P: Projector>(_ fold: ViewFold<P>, _ scribe: Scribe, _ place: Comment) throws {
        try fold.fold(through: scribe.position)
        let expected = try Picture(folding: P.self, scribe.journal, through: scribe.position)
        #expect(try Picture(of: fold) == expected, place)
        #expect(Set(fold.setAside.keys.map(\.rawValue)) == expected.setAside, place)
    }

    private func types<P: Projector>(_ fold: ViewFold<P>, _ customer: CustomerNumber) throws -> [EventType] {
        var types: [EventType] = []
        try ViewReader(OpenView(fold: fold)).forEachEvent(of: customer) { types.append($0.type) }
        return types
    }

    @Test func `a merge interleaves two long histories, a split parts them again`() async throws {
        let scribe = try await Scribe()
        try scribe.append(
            (1...600).map { .event($0.isMultiple(of: 7) ? .orderPaid : .pageViewed, at: $0, of: $0 % 2 + 1) }, now: 700)
        let (trail, tally) = (try fold(Trail.self, scribe), try fold(Tally.self, scribe))
        for view in [0, 1] {
            try go(trail, scribe, "before, \(view)")
            try go(tally, scribe, "before, \(view)")
        }
        let before = try Picture(of: trail)
        try scribe.append([.join(1, 2)], now: 701)
        try go(trail, scribe, "merged")
        try go(tally, scribe, "merged")
        #expect(try Picture(of: tally).states.count == 1)
        #expect(try types(trail, first).count == 600)
        #expect(try trail.snapshots.all(of: second).isEmpty)
        try scribe.append([.split([2])], now: 702)
        try go(trail, scribe, "split")
        try go(tally, scribe, "split")
        #expect(try Picture(of: trail) == before)
        // Snapshots are there again: a late event is near to one.
        #expect(try trail.snapshots.all(of: second).count >= 3)
    }

    @Test func `the anonymous past of a cookie that joins later stands in its place`() async throws {
        let scribe = try await Scribe()
        // Member 2 is the cookie.
        try scribe.append(
            [
                .event(.orderPaid, at: 1, of: 1), .event(.pageViewed, at: 2, of: 2), .event(.chatStarted, at: 3, of: 1),
                .event(.productViewed, at: 4, of: 2),
            ], now: 5)
        let trail = try fold(Trail.self, scribe)
        try go(trail, scribe, "apart")
        try scribe.append([.join(1, 2), .event(.pageViewed, at: 6, of: 2)], now: 6)
        try go(trail, scribe, "joined")
        #expect(
            try types(trail, first) == [.orderPaid, .pageViewed, .chatStarted, .productViewed, .pageViewed])
        #expect(
            trail.cells.total(of: Cell(1, UInt64(EventType.orderPaid.rawValue), UInt64(EventType.pageViewed.rawValue)))
                == 1)
    }

    @Test func `what came before an alias moved stays with its former owner`() async throws {
        let scribe = try await Scribe()
        try scribe.append(
            [.event(.orderPaid, at: 1, of: 1), .event(.pageViewed, at: 2, of: 2), .event(.orderPaid, at: 3, of: 3)],
            now: 3
        )
        try scribe.append([.join(1, 2)], now: 4)
        let trail = try fold(Trail.self, scribe)
        try go(trail, scribe, "one owner")
        try scribe.append([.move(2, to: 3), .event(.chatStarted, at: 5, of: 2)], now: 5)
        try go(trail, scribe, "another owner")
        #expect(try types(trail, first) == [.orderPaid, .pageViewed])
        #expect(try types(trail, CustomerNumber(rawValue: 3)) == [.orderPaid, .chatStarted])
    }

    @Test(arguments: [2, 3, 4])
    func `an event that is voided was never there, first, middle or last`(position: Int) async throws {
        let scribe = try await Scribe()
        try scribe.append((1...3).map { .event($0 == 2 ? .orderPaid : .pageViewed, at: $0, of: 1) }, now: 3)
        let (trail, lapse, tally) = (
            try fold(Trail.self, scribe), try fold(Lapse.self, scribe), try fold(Tally.self, scribe)
        )
        func go(_ place: Comment) throws {
            try self.go(trail, scribe, place)
            try self.go(lapse, scribe, place)
            try self.go(tally, scribe, place)
        }
        try go("before")
        try scribe.append([.void(Position(UInt64(position)))], now: 200)
        try go("voided")
        try scribe.append([.void(Position(UInt64(position))), .event(.chatStarted, at: 201, of: 1)], now: 201)
        try go("voided twice")
        #expect(tally.table.pages[0]?.slots[1].state.count == 3)
    }

    @Test func `a customer whose only event is voided is no more, and comes back with another`() async throws {
        let scribe = try await Scribe()
        try scribe.append([.event(.pageViewed, at: 1, of: 1), .event(Happening(.pageViewed, at: 1, of: 0))], now: 1)
        let trail = try fold(Trail.self, scribe)
        try go(trail, scribe, "there")
        try scribe.append([.void(Position(2)), .void(Position(3))], now: 2)
        try go(trail, scribe, "gone")
        #expect(try Picture(of: trail) == Picture(of: fold(Trail.self, scribe)), "nothing is left")
        #expect(trail.cells.sorted().isEmpty)
        try scribe.append([.event(.orderPaid, at: 0, of: 1)], now: 3)
        try go(trail, scribe, "back")
    }

    @Test func `late, voided, merged and new events of one batch are one fold again`() async throws {
        let scribe = try await Scribe()
        try scribe.append((1...40).map { .event(.pageViewed, at: $0 * 3, of: $0 % 3 + 1) }, now: 130)
        let (trail, tally, lapse, brittle) = (
            try fold(Trail.self, scribe), try fold(Tally.self, scribe), try fold(Lapse.self, scribe),
            try fold(Brittle.self, scribe)
        )
        func go(_ place: Comment) throws {
            try self.go(trail, scribe, place)
            try self.go(tally, scribe, place)
            try self.go(lapse, scribe, place)
            try self.go(brittle, scribe, place)
        }
        try go("before")
        try scribe.append(
            [
                .event(.orderPaid, at: 50, of: 1), .join(3, 2), .void(Position(10)), .event(.chatStarted, at: 7, of: 3),
                .split([3]), .join(1, 3), .event(.orderPaid, at: 400, of: 2), .void(Position(42)), .void(Position(48)),
            ], now: 400)
        try go("all at once")
        #expect(try Picture(of: trail).states.count == 2)
    }

    @Test func `a void, a split and a merge heal a customer whose fold fails`() async throws {
        let scribe = try await Scribe()
        // A complaint right after a chat fails, when both are one customer's.
        try scribe.append(
            [
                .event(.chatStarted, at: 1, of: 1), .event(.complaintRaised, at: 3, of: 2),
                .event(.pageViewed, at: 4, of: 1), .event(.productViewed, at: 2, of: 3),
            ], now: 5)
        let brittle = try fold(Brittle.self, scribe)
        try go(brittle, scribe, "apart")
        #expect(brittle.setAside.isEmpty)
        try scribe.append([.join(1, 2)], now: 6)
        try go(brittle, scribe, "joined")
        #expect(brittle.setAside[first]?.position == Position(3))
        try scribe.append([.join(1, 3)], now: 7)
        try go(brittle, scribe, "a product stands between")
        #expect(brittle.setAside.isEmpty)
        try scribe.append([.void(Position(5))], now: 8)
        try go(brittle, scribe, "and no longer")
        #expect(brittle.setAside.count == 1)
        try scribe.append([.split([2, 3])], now: 9)
        try go(brittle, scribe, "parted")
        #expect(brittle.setAside.isEmpty)
        try scribe.append([.join(1, 2)], now: 10)
        try go(brittle, scribe, "joined again")
        try scribe.append([.void(Position(3))], now: 11)
        try go(brittle, scribe, "without the complaint")
        #expect(brittle.setAside.isEmpty)
    }
}
