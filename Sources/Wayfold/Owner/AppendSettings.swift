public import EventLog

/// What an append says beside the events; the rest is the policy's in force.
public struct AppendSettings: Equatable, Sendable {
    /// Recorded times are those of the events, never going back and never later than now; else the machine's.
    public var isClockOccurred = false
    /// The events fire no effects.
    public var isBackfill = false
    /// An activation before the first other record, which is recorded in 1970 (rule 15).
    var isFirst = false
    /// In whose name it is: `key:ID`, `jwt:SUBJECT`, `system:USER`.
    public var actor = SystemUser.actor
    /// The batch is stored whole or not at all; see `AppendOptions`.
    public var isStrict = false
    /// What events, by their index in the batch, expect as the last position of their customer: one that finds another
    /// is `outdated`.
    public var expected: [Int: ExpectedPosition] = [:]

    public init() {}

    func options(_ rules: WritingRules) -> AppendOptions {
        var options = AppendOptions()
        options.recordedTime = isClockOccurred ? .occurred : .clock
        options.backfill = isBackfill
        options.asFirst = isFirst
        options.actor = actor
        options.isStrict = isStrict
        options.expected = expected
        options.maxFuture = rules.maxFuture
        options.minTime = rules.minTime
        options.identity = rules.identity
        options.zone = rules.zone
        return options
    }
}
