public import EventLog
import Policies
public import Projections
public import Touchpoints

/// What would become of the views if something were decided now; nothing is written.
///
/// ```swift
/// let preview = try Preview(merging: cookie, member, in: answers)
/// print(preview.decision)
/// ```
/// The log's own writer decides, in memory, and the views are folded over what it would have written. So the answers are
/// those that come after the real decision, but for what the clock brings until then: it stands still.
public struct Preview {
    /// The answers as they would be: at the position of the last event that would be stored.
    public let after: ViewAnswers
    /// What would become of each event.
    public let verdicts: [Verdict]

    /// - Throws: `Refusal` where the decision would be refused.
    public init(merging alias: Alias, _ other: Alias, in answers: ViewAnswers) throws {
        try self.init(try answers.events.customerMerged(alias, other, Grounds()), in: answers)
    }

    /// - Throws: `Refusal` where the decision would be refused.
    public init(splitting aliases: [Alias], of alias: Alias, in answers: ViewAnswers) throws {
        try self.init(try answers.events.customerSplit(aliases, of: alias, Grounds()), in: answers)
    }

    /// O(events), in memory too: for some thousands.
    ///
    /// - Throws: `Refusal` where an event cannot be voided.
    public init(voiding positions: [Position], in answers: ViewAnswers) throws {
        try self.init(try answers.events.eventsVoided(positions, Grounds()), in: answers)
    }

    private init(_ batch: DraftBatch, in answers: ViewAnswers) throws {
        guard let active = answers.activePolicy else { throw QueryError("the log is empty") }
        let options = AppendSettings().options(WritingRules(active.policy, zone: active.zone))
        (after, verdicts) = try answers.supposing(batch, options)
        for case .refused(let refusal) in verdicts { throw refusal }
    }

    /// What the writer would make of the first event.
    public var decision: IdentityDecision {
        get throws {
            guard case .stored(let position) = verdicts.first else { return .none }
            return try after.log.decision(at: position)
        }
    }
}

/// What would change.
extension Preview {
    public static let columns: [Column] = [
        .text("view"), .text("part"), .text("key"), .text("column"), .text("before"), .text("after"),
    ]

    /// Calls `emit` for each value that would be another, of each part that has a key and needs no option; of a row that
    /// would come, `before` is null, of one that would go, `after` is. O(views).
    public func forEachChange(_ emit: (Row) throws -> Void) throws {
        for view in after.catalogue.names {
            // To what is supposed, the log as it is written is the past.
            var question = Question(view: view, part: "corrections")
            question.options["since"] = "\(after.log.committedHead)"
            try after.answer(question) { try emit([.text(view)] + $0) }
        }
    }
}

extension ViewAnswers {
    fileprivate var events: EngineEvents { EngineEvents(keys: folder.hashKeys) }
}
