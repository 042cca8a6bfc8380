import Policies
import Touchpoints

/// How a batch is appended, beside the events themselves.
public struct AppendOptions: Sendable {
    /// Where recorded times come from.
    public enum RecordedTime: Sendable {
        /// The greater of the last recorded time and now.
        case clock
        /// The greater of the last recorded time and the event's own, never later than now: imported history happens
        /// in the past. An event without a time of its own happens now.
        case occurred
    }

    public var recordedTime = RecordedTime.clock
    /// Who posts: a key id, a token's subject or a system user. Empty: nobody.
    public var actor = ""
    /// The events fire no effects.
    public var backfill = false
    /// What a draft, by its index in the batch, expects of its customer.
    public var expected: [Int: ExpectedPosition] = [:]
    /// The batch is stored whole, in one transaction, or not at all: a draft that is in conflict, refused or outdated
    /// hinders it. Duplicates do not.
    public var isStrict = false
    /// An event that occurred later than this after now is refused.
    public var maxFuture = Elapsed.minutes(10)
    /// An event that occurred before this is refused.
    public var minTime = Timestamp.epoch
    /// Activations before the first other record are recorded at 1970-01-01T00:00:00Z (rule 15); limits of
    /// time do not hold for them. Later ones are recorded as every event is.
    public var asFirst = false
    /// The policy in force: by it the writer decides who is one customer (rule 15).
    public var identity = Policy.default.identity
    /// The zone whose days the policy means.
    public var zone = ZoneTable.utc

    public init() {}
}

/// What an append expects of the log (optimistic concurrency).
public struct ExpectedPosition: Hashable, Sendable {
    /// The position of the customer's last event; ``Position/start`` when it must have none.
    public var last: Position
    /// The recorded time after which the expectation no longer holds; nil: it holds for ever.
    public var notAfter: Timestamp?

    public init(last: Position, notAfter: Timestamp? = nil) {
        self.last = last
        self.notAfter = notAfter
    }
}
