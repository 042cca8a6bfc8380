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

    static let version: UInt8 = 3
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
    case failed(OwnerFailure)
}
