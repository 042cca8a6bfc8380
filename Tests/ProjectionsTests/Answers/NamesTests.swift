import Testing
import Touchpoints

@testable import Projections

/// Whom a name in a question means.
@Suite struct NamesTests {
    private func strand(_ number: UInt32) -> StrandNumber { StrandNumber(rawValue: number) }
    private func customer(_ number: UInt32) -> CustomerNumber { CustomerNumber(rawValue: number) }

    @Test(arguments: ["member:1", "1"]) func `an alias that has moved is found in the past with its former owner`(
        _ name: String
    ) async throws {
        let scribe = try await Scribe()
        try scribe.append([.event(.pageViewed, at: 1, of: 2), .event(.pageViewed, at: 2, of: 1), .join(1, 2)], now: 3)
        let before = scribe.position
        try scribe.append([.event(.pageViewed, at: 4, of: 3), .move(1, to: 3)], now: 5)
        let answers = try ViewAnswers(folder: scribe.journal.folder, catalogue: Catalogue([Tally.self]))
        #expect(try answers.strand(named: name, at: before) == strand(2))
        #expect(try answers.customer(named: name, at: before) == customer(1))
        #expect(try answers.strand(named: name) == strand(4))
        #expect(try answers.customer(named: name) == customer(3))
    }

    @Test func `a name of later is nobody's before`() async throws {
        let scribe = try await Scribe()
        try scribe.append([.event(.pageViewed, at: 1, of: 1), .event(.pageViewed, at: 2, of: 2)], now: 3)
        let answers = try ViewAnswers(folder: scribe.journal.folder, catalogue: Catalogue([Tally.self]))
        for name in ["member:2", "2"] {
            #expect(try answers.customer(named: name, at: Position(3)) == customer(2))
            #expect(
                throws: QueryError(
                    "there is no customer \(name) at position 2", parameter: "customer", isAboutUnknown: true)
            ) {
                try answers.customer(named: name, at: Position(2))
            }
        }
    }
}
