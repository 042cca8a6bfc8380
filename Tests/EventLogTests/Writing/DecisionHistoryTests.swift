import Foundation
import Policies
import Testing
import Touchpoints

@testable import EventLog

/// What the writer decides does not depend on what happens to its folder.
struct DecisionHistoryTests {
    /// An event as its header has it, with what a reader makes of it.
    private struct Decided: Equatable {
        var strand: StrandNumber
        var other: StrandNumber
        var former: StrandNumber
        var leaving: [StrandNumber]
        var decision: IdentityDecision
        var strandCount: Int
    }

    private func decided(_ reader: LogReader) throws -> [Decided] {
        guard reader.head > .start else { return [] }
        return try (1...reader.head.rawValue).map { number in
            let event = try reader.event(at: Position(number))
            return Decided(
                strand: event.strand, other: event.otherStrand, former: event.formerStrand,
                leaving: event.leavingStrands, decision: event.decision,
                strandCount: try reader.strandCount(at: Position(number)))
        }
    }

    private static let aliases = [
        "member:1", "member:2", "email:x", "email:y", "phone:5", "cookie:a", "cookie:b", "cookie:c", "card:9",
        "cookie:null",
    ]

    private func event(_ id: Int, _ random: inout SeededRandom) -> TestEvent {
        let alias = Self.aliases.randomElement(using: &random)!
        let other = Self.aliases.randomElement(using: &random)!
        switch Int.random(in: 0..<10, using: &random) {
        case 0...4: return TestEvent("customer.identified", id: id, of: alias, [other])
        case 5: return TestEvent("customer.merged", id: id, of: alias, [other])
        case 6:
            return TestEvent(
                "customer.split", id: id, of: alias, Array(Self.aliases.shuffled(using: &random).prefix(2)))
        case 7:
            var event = TestEvent("event.voided", id: id, of: nil)
            if Bool.random(using: &random) {
                event.voidsPosition = Int64.random(in: 0...Int64(id), using: &random)
            } else {
                event.voidsID = Int.random(in: 0...id, using: &random)
            }
            return event
        default: return TestEvent("page.viewed", id: id, of: alias)
        }
    }

    @Test(.serialized, arguments: 0..<60 as Range<UInt64>)
    func `a log that is opened again and loses its index decides as one that stays open`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let (scratch, other) = (try Scratch(), try Scratch())
        let folder = try scratch.folder
        let steady = try LogWriter(other.folder)
        let steadyReader = try LogReader(folder: other.folder)
        var options = AppendOptions()
        for index in options.identity.kinds.indices where Bool.random(using: &random) {
            options.identity.kinds[index].limit = Int.random(in: 1...3, using: &random)
            if Bool.random(using: &random) { options.identity.kinds[index].perDays = 1 }
        }
        var id = 0
        for _ in 0..<4 {
            do {
                let writer = try LogWriter(folder: folder, now: { Timestamp(microseconds: 2_000_000) }, tailLimit: 12)
                let reader = try LogReader(folder: folder)
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    var events: [TestEvent] = []
                    for _ in 0..<Int.random(in: 1...8, using: &random) {
                        id += 1
                        events.append(event(id, &random))
                    }
                    #expect(try await writer.append(events, options) == steady.append(events, options))
                    try reader.refresh()
                }
                try await writer.close()
                try reader.refresh()
                try steadyReader.refresh()
                try compare(reader, steadyReader, &random)
            }
            try compare(LogReader(folder: folder), steadyReader, &random)
            #expect(try LogVerifier(folder: folder).verify().isEmpty)
            if Bool.random(using: &random) { try? FileManager.default.removeItem(atPath: folder.indexPath) }
        }
        try await steady.close()
    }

    private func compare(_ reader: LogReader, _ steady: LogReader, _ random: inout SeededRandom) throws {
        #expect(try decided(reader) == decided(steady))
        #expect(reader.decisions(.start...reader.head) == steady.decisions(.start...reader.head))
        for alias in Self.aliases.map({ Alias($0) }) {
            let position = Position(UInt64.random(in: 0...reader.head.rawValue, using: &random))
            #expect(try reader.strand(of: alias, at: position) == newest(alias, at: position, steady))
        }
    }

    /// The newest strand of an alias, by looking at all.
    private func newest(_ alias: Alias, at position: Position, _ reader: LogReader) throws -> StrandNumber? {
        let count = try reader.strandCount(at: position)
        return try (0..<count).reversed().map { StrandNumber(rawValue: UInt32($0 + 1)) }
            .first { try reader.alias(of: $0) == alias }
    }
}
