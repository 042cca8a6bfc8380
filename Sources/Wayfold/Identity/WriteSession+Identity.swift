public import EventLog
import Ingest
import Projections
public import Touchpoints

/// What the writer made of an event about customers.
public struct Decided: Equatable, Sendable {
    /// Where the event and the decision stand.
    public let position: Position
    public let decision: IdentityDecision
}

/// Who is one customer, said by somebody.
extension WriteSession {
    /// Makes the customers of two aliases one, at every position behind this one; lifts what splits keep apart between them.
    ///
    /// Safe to repeat: they are one already then (`alreadyOne`), and nothing changes.
    ///
    /// - Throws: `Refusal` with the field, where the log knows no such alias or it is nobody's; ``OwnerFailure``.
    public func merge(_ alias: Alias, _ other: Alias, _ grounds: Grounds = Grounds()) async throws -> Decided {
        try await decide(EngineEvents(keys: folder.hashKeys).customerMerged(alias, other, grounds))
    }

    /// Takes aliases out of a customer: together they are another one from here on, and nothing but ``merge(_:_:_:)`` brings
    /// them together again.
    ///
    /// Safe to repeat: there is nothing to split then (`notTogether`), and nothing changes.
    ///
    /// - Parameter alias: one of the customer that they leave; aliases that are not this customer's are left out.
    /// - Throws: `Refusal` with the field, where the log knows no such alias; ``OwnerFailure``.
    public func split(
        _ aliases: [Alias], of alias: Alias, _ grounds: Grounds = Grounds()
    ) async throws -> Decided {
        try await decide(EngineEvents(keys: folder.hashKeys).customerSplit(aliases, of: alias, grounds))
    }

    private func decide(_ batch: DraftBatch) async throws -> Decided {
        switch try await append(batch).first {
        // A duplicate: the owner before ended between storing it and saying so, and it was sent again.
        case .stored(let position), .duplicate(let position):
            let log = try LogReader(folder: folder)
            return Decided(position: position, decision: try log.decision(at: position))
        case .refused(let refusal): throw refusal
        case .conflict, .outdated, .withheld, nil:
            preconditionFailure("an event with a random id that expects nothing has another content in the log")
        }
    }
}

extension LogReader {
    /// What the writer decided about the event at a position.
    func decision(at position: Position) throws(LogError) -> IdentityDecision { try event(at: position).decision }
}

/// What no longer counts.
extension WriteSession {
    /// Takes events out of the folds of every view, from here on.
    ///
    /// Safe to repeat: an event that is void already stays so, and nothing is recorded.
    ///
    /// - Parameter positions: at most some ten thousand at once.
    /// - Returns: how many events are void now that were not before.
    /// - Throws: `Refusal` for the first event that no fold sees; others may have been recorded. ``OwnerFailure``.
    public func void(_ positions: [Position], _ grounds: Grounds = Grounds()) async throws -> Int {
        let batch = try EngineEvents(keys: folder.hashKeys).eventsVoided(positions, grounds)
        let verdicts = try await append(batch)
        for case .refused(let refusal) in verdicts { throw refusal }
        // What is no news was said before, with these grounds or with others.
        return verdicts.count { if case .stored = $0 { true } else { false } }
    }
}
