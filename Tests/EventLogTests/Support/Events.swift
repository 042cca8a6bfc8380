import EventLog
import Touchpoints

/// An event as a test wants it, turned into a draft as Ingest would.
struct TestEvent: Hashable {
    var id: Int
    var content = 0
    var occurred: Int64? = 1_000_000
    var sequence: Int64 = 0
    var type = "page.viewed"
    var source = "shop"
    var channel = "web"
    var kind = "member"
    var value: String? = "1"
    /// As ``ClearPart`` is written: here one attribute and no data.
    var clear: [UInt8] = [1, 0, 0]
    var personal: [UInt8] = [9, 8, 7, 6]
    /// What `customer.*` names in its data.
    var others: [Alias] = []
    /// What `event.voided` takes out: the id of an event, or its position.
    var voidsID: Int?
    var voidsPosition: Int64 = 0
}

extension Alias {
    /// - Parameter text: `kind:value`.
    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.init(kind: parts[0], value: parts[1])
    }
}

extension TestEvent {
    /// An event of a subject and the aliases that it names, as `kind:value`; with parts as Ingest makes them.
    init(_ type: String, id: Int, of subject: String?, _ others: [String] = []) {
        self.init(id: id, type: type, value: nil, clear: [0], personal: [])
        PersonalPart.append(id: Array("\(id)".utf8), to: &personal)
        if let subject = subject.map(Alias.init) { (kind, value) = (subject.kind, subject.value) }
        self.others = others.map(Alias.init)
    }
}

extension DraftBatch {
    init(_ events: [TestEvent]) {
        self.init()
        for event in events { add(event) }
    }

    private mutating func add(_ event: TestEvent) {
        var draft = Draft()
        draft.identity = TestEvent.identity(of: event.id)
        draft.content = UInt64(event.content)
        if let occurred = event.occurred {
            draft.occurred = Timestamp(microseconds: occurred)
        } else {
            draft.flags.insert(.timeSupplied)
        }
        draft.sequence = event.sequence
        draft.type = EventType(builtIn: event.type) ?? .none
        if draft.type.isNone { draft.typeName = place(event.type.utf8) }
        draft.source = place(event.source.utf8)
        draft.channel = place(event.channel.utf8)
        if let value = event.value {
            draft.aliasKind = place(event.kind.utf8)
            draft.aliasValue = place(value.utf8)
        }
        draft.clear = place(event.clear)
        draft.personal = place(event.personal)
        var others: [UInt8] = []
        for alias in event.others {
            AliasList.append(kind: Array(alias.kind.utf8), value: Array(alias.value.utf8), to: &others)
        }
        draft.otherAliases = place(others)
        if let id = event.voidsID { draft.target = TestEvent.identity(of: id) }
        draft.amount = event.voidsPosition
        if draft.type.role == .recordOnly { draft.flags.insert(.recordOnly) }
        drafts.append(draft)
    }
}

extension TestEvent {
    /// A hash as uniform as a keyed one.
    static func identity(of id: Int) -> Hash128 {
        var state = UInt64(bitPattern: Int64(id)) &* 0x9E37_79B9_7F4A_7C15
        func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        return Hash128(high: next(), low: next())
    }
}

extension LogWriter {
    /// A writer whose clock stands still.
    init(_ folder: DataFolder, at now: Int64 = 2_000_000) throws {
        try self.init(folder: folder, now: { Timestamp(microseconds: now) })
    }

    @discardableResult
    func append(_ events: [TestEvent], _ options: AppendOptions = AppendOptions()) async throws -> [Verdict] {
        try await append(DraftBatch(events), options)
    }
}

/// The verdicts of events that were stored at these positions.
func stored(_ positions: ClosedRange<UInt64>) -> [Verdict] { positions.map { .stored(Position($0)) } }
