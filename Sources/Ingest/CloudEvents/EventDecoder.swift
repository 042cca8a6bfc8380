import Touchpoints

/// Decodes CloudEvents 1.0 in JSON to drafts, and refuses what is not good with field and reason.
///
/// It holds scratch memory only: what it makes of an event depends on the event and the context alone.
public struct EventDecoder {
    /// What the decoder must know beside the event.
    public struct Context: Sendable {
        public var keys: HashKeys
        public var rules: any DataRules
        /// The kind of alias that bare subjects of a source get, by the policy.
        public var kindOfSource: @Sendable (_ source: String) -> String?
        /// Whether the engine itself made the events: only then may they be of its own types.
        public var isEngine: Bool

        public init(
            keys: HashKeys, rules: any DataRules, isEngine: Bool = false,
            kindOfSource: @escaping @Sendable (_ source: String) -> String?
        ) {
            self.keys = keys
            self.rules = rules
            self.isEngine = isEngine
            self.kindOfSource = kindOfSource
        }
    }

    /// What clear and personal part may have together; header, salt and framing take the rest of 64 KiB.
    public static let maximalStoredBytes = 65_000

    let context: Context
    var members = EventMembers()
    var content = EventContent()
    /// The canonical data of the event, personal or not.
    var whole: [UInt8] = []
    var clear: [UInt8] = []
    var personal: [UInt8] = []
    var personalNodes: [JSONNode] = []
    private var emptyObject = JSONTape()

    public init(context: Context) {
        self.context = context
        do { try emptyObject.scan("{}".utf8) } catch { preconditionFailure("\(error)") }
    }

    /// Appends the draft of one event; the batch is left as it was when the event is refused.
    ///
    /// - Parameter line: where the event came from, kept for messages.
    public mutating func decode(
        _ event: JSONNode, of tape: JSONTape, line: UInt64, into batch: inout DraftBatch
    ) throws(Refusal) {
        let start = batch.arena.count
        do {
            var draft = try draft(event, of: tape, into: &batch)
            draft.line = line
            batch.drafts.append(draft)
        } catch {
            batch.arena.removeLast(batch.arena.count - start)
            throw error
        }
    }

    private mutating func draft(
        _ event: JSONNode, of tape: JSONTape, into batch: inout DraftBatch
    ) throws(Refusal) -> Draft {
        try members.collect(from: event, of: tape)
        var draft = Draft()
        content.start()
        clear.removeAll(keepingCapacity: true)
        personal.removeAll(keepingCapacity: true)
        let type = try decodeRequired(of: tape, into: &draft, &batch)
        try decodeTime(of: tape, into: &draft)
        try decodeClearAttributes(of: tape, into: &draft, &batch)
        for (name, value) in members.extensions {
            PersonalPart.append(extension: name, value: value, to: &personal)
            content.append(extension: name, value)
        }
        try decodeData(of: tape, type: type, into: &draft, &batch)
        if clear.count + personal.count > Self.maximalStoredBytes {
            throw Refusal(
                field: "", reason: "the event is too large: at most \(Self.maximalStoredBytes) bytes are stored")
        }
        draft.content = context.keys.content(content)
        draft.clear = batch.place(clear)
        draft.personal = batch.place(personal)
        return draft
    }

    /// Checks data and splits it into what is clear and what is personal.
    private mutating func decodeData(
        of tape: JSONTape, type: String, into draft: inout Draft, _ batch: inout DraftBatch
    ) throws(Refusal) {
        if members[.dataBase64] != nil { ClearPart.append(.dataIsBase64, [], to: &clear) }
        ClearPart.endAttributes(of: &clear)
        personalNodes.removeAll(keepingCapacity: true)
        guard let data = members[.data] ?? members[.dataBase64] else {
            let root = emptyObject.root
            try context.rules.check(type: type, data: root, of: emptyObject, personal: &personalNodes)
            return try decodeNames(in: root, of: emptyObject, into: &draft, &batch)
        }
        try context.rules.check(type: type, data: data, of: tape, personal: &personalNodes)
        try HeaderAmount.read(type: type, data: data, of: tape, into: &draft)
        try decodeNames(in: data, of: tape, into: &draft, &batch)
        whole.removeAll(keepingCapacity: true)
        CanonicalJSON.append(data, of: tape, to: &whole)
        content.append(members[.data] == nil ? .dataBase64 : .data, whole)
        if personalNodes.isEmpty {
            clear += whole
        } else if personalNodes[0] == data {
            PersonalPart.append(property: JSONPointer(), value: whole, to: &personal)
        } else {
            CanonicalJSON.append(data, of: tape, omitting: personalNodes, to: &clear)
            for node in personalNodes {
                let pointer = tape.pointer(to: node, from: data)
                PersonalPart.append(property: pointer, value: CanonicalJSON.bytes(node, of: tape), to: &personal)
            }
        }
    }

    /// What the log must find before it can take the event: other customers, the event that is voided.
    private func decodeNames(
        in data: JSONNode, of tape: JSONTape, into draft: inout Draft, _ batch: inout DraftBatch
    ) throws(Refusal) {
        if draft.type == .eventVoided {
            try HeaderTarget.read(data: data, of: tape, keys: context.keys, into: &draft)
        } else if draft.type.namesCustomers {
            let source = Array(batch.arena[draft.source.range])
            let aliases = HeaderAliases(source: source, kindOfSource: context.kindOfSource)
            draft.otherAliases = batch.place(try aliases.list(for: draft.type, data: data, of: tape))
        }
    }
}
