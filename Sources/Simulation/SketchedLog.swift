public import EventLog
public import Policies
import Projections
import Synchronization
public import Touchpoints

/// A log on disk that is made of sketched events, in the order and under the clock that a test wants.
///
/// ```swift
/// let log = try await SketchedLog(folder: DataFolder(creatingAt: path))
/// try await log.append(events, now: clock)
/// ```
public final class SketchedLog {
    public let folder: DataFolder
    /// What the writer decides by: the policy that the log began with, until a test says otherwise.
    public var identity: IdentityPolicy
    private let writer: LogWriter
    private let now = Now()
    private var count: UInt64 = 0

    private final class Now: Sendable {
        let value = Mutex(Timestamp.epoch)
    }

    /// Makes the log; its first record activates a policy.
    ///
    /// - Parameter policy: its text; days are those of UTC.
    public init(folder: DataFolder, policy: String = "timeZone: UTC") async throws {
        self.folder = folder
        identity = try Policy(yaml: policy).identity
        let now = now
        writer = try LogWriter(folder: folder, now: { now.value.withLock { $0 } })
        var activation = SketchedEvent(type: .policyActivated, occurred: .epoch)
        activation.strand = .none
        ClearPart.endAttributes(of: &activation.clear)
        activation.clear += #"{"yaml":"\#(policy.jsonEscaped)","zone":"\#(ZoneTable.utc.encoded)"}"#.utf8
        var options = AppendOptions()
        options.asFirst = true
        try await append([activation], now: .epoch, options)
    }

    /// Appends events in one commit, recorded at `time`; what the sketches say of it is not looked at.
    public func append(_ events: [SketchedEvent], now time: Timestamp) async throws {
        try await append(events, now: time, AppendOptions())
    }

    private func append(_ events: [SketchedEvent], now time: Timestamp, _ options: AppendOptions) async throws {
        now.value.withLock { $0 = time }
        var options = options
        options.minTime = .distantPast
        options.identity = identity
        options.maxFuture = .hours(24 * 365 * 100)
        var batch = DraftBatch()
        for event in events {
            count += 1
            batch.add(event, number: count)
        }
        for verdict in try await writer.append(batch, options) {
            if case .refused(let refusal) = verdict { throw refusal }
        }
    }

    /// Stops writing; whoever reads the log goes on.
    public func close() async throws { try await writer.close() }
}

extension DraftBatch {
    fileprivate mutating func add(_ event: SketchedEvent, number: UInt64) {
        var draft = Draft()
        // As uniform as the keyed hashes that real events have.
        draft.identity = Hash128(high: number &* 0x9E37_79B9_7F4A_7C15, low: number &* 0xD6E8_FEB8_6659_FD93)
        draft.occurred = event.occurred
        draft.sequence = event.sequence
        draft.session = event.session
        draft.order = event.order
        draft.amount = event.money?.minorUnits ?? event.points ?? 0
        if let money = event.money { draft.currency = money.currency }
        draft.flags = event.flags
        draft.type = event.type
        draft.source = place("sketch".utf8)
        if !event.channel.isNone { draft.channel = place("channel \(event.channel.rawValue)".utf8) }
        if let alias = event.alias {
            draft.aliasKind = place(alias.kind.utf8)
            draft.aliasValue = place(alias.value.utf8)
        } else if !event.strand.isNone {
            draft.aliasKind = place("member".utf8)
            draft.aliasValue = place("\(event.strand.rawValue)".utf8)
        }
        var others: [UInt8] = []
        for alias in event.others {
            AliasList.append(kind: Array(alias.kind.utf8), value: Array(alias.value.utf8), to: &others)
        }
        draft.otherAliases = place(others)
        if let voided = event.voids { draft.amount = Int64(voided.rawValue) }
        draft.clear = place(event.clear)
        drafts.append(draft)
    }
}
