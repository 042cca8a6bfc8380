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
    /// - Parameter actor: who says so.
    /// - Throws: `Refusal` with the field, where the log knows no such alias or it is nobody's; ``OwnerFailure``.
    public func merge(
        _ alias: Alias, _ other: Alias, _ grounds: Grounds = Grounds(), actor: String = SystemUser.actor
    ) async throws -> Decided {
        try await decide(EngineEvents(keys: folder.hashKeys).customerMerged(alias, other, grounds), actor)
    }

    /// Takes aliases out of a customer: together they are another one from here on, and nothing but ``merge(_:_:_:actor:)`` brings
    /// them together again.
    ///
    /// Safe to repeat: there is nothing to split then (`notTogether`), and nothing changes.
    ///
    /// - Parameters:
    ///   - alias: one of the customer that they leave; aliases that are not this customer's are left out.
    ///   - actor: who says so.
    /// - Throws: `Refusal` with the field, where the log knows no such alias; ``OwnerFailure``.
    public func split(
        _ aliases: [Alias], of alias: Alias, _ grounds: Grounds = Grounds(), actor: String = SystemUser.actor
    ) async throws -> Decided {
        try await decide(EngineEvents(keys: folder.hashKeys).customerSplit(aliases, of: alias, grounds), actor)
    }

    private func decide(_ batch: DraftBatch, _ actor: String) async throws -> Decided {
        var settings = AppendSettings()
        settings.actor = actor
        switch try await append(batch, settings).first {
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
    /// - Parameters:
    ///   - positions: at most some ten thousand at once.
    ///   - actor: who says so.
    /// - Returns: how many events are void now that were not before.
    /// - Throws: `Refusal` for the first event that no fold sees; others may have been recorded. ``OwnerFailure``.
    public func void(
        _ positions: [Position], _ grounds: Grounds = Grounds(), actor: String = SystemUser.actor
    ) async throws -> Int {
        let batch = try EngineEvents(keys: folder.hashKeys).eventsVoided(positions, grounds)
        var settings = AppendSettings()
        settings.actor = actor
        let verdicts = try await append(batch, settings)
        for case .refused(let refusal) in verdicts { throw refusal }
        // What is no news was said before, with these grounds or with others.
        return verdicts.count { if case .stored = $0 { true } else { false } }
    }
}
