import EventLog
import Policies
import Projections
import Touchpoints

/// What goes over the owner's socket: a request and its reply, each a length, a kind and a body.
///
/// Both sides run on one machine and are of one program; the first byte is the protocol's version, and another
/// version is refused. The socket lies in the data folder, which is its user's alone.
enum OwnerRequest: Equatable {
    case append(DraftBatch, AppendSettings)
    case rebuild([String])

    static let version: UInt8 = 2
}

/// What an append over the socket says beside the events.
struct AppendSettings: Equatable, Sendable {
    var isClockOccurred = false
    var isBackfill = false
    var isFirst = false
    var actor = SystemUser.actor

    func options(_ rules: WritingRules) -> AppendOptions {
        var options = AppendOptions()
        options.recordedTime = isClockOccurred ? .occurred : .clock
        options.backfill = isBackfill
        options.asFirst = isFirst
        options.actor = actor
        options.maxFuture = rules.maxFuture
        options.minTime = rules.minTime
        options.identity = rules.identity
        options.zone = rules.zone
        return options
    }
}

/// What the log's writer takes from the policy in force (rule 15).
struct WritingRules: Sendable {
    var maxFuture: Elapsed
    var minTime: Timestamp
    var identity: IdentityPolicy
    var zone: ZoneTable

    init(_ policy: Policy, zone: ZoneTable) {
        maxFuture = policy.ingest.maxFuture
        minTime = policy.ingest.minTime
        identity = policy.identity
        self.zone = zone
    }
}

enum OwnerReply: Equatable {
    case verdicts([Verdict])
    case rebuilt([RebuildOutcome])
    /// The disk left in doubt whether the events are stored; the words are for people.
    case inDoubt(String)
    /// The request had no effect that is known; the words are for people.
    case failed(String)
}
