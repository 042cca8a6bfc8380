import Touchpoints

/// Decodes CloudEvents 1.0 in JSON to drafts, and refuses what is not good with field and reason.
///
/// It holds scratch memory only: what it makes of an event depends on the event and the context alone.
public struct EventDecoder: ~Copyable {
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
    /// The texts that the draft points at, on their way to the arena.
    var stored = ByteBuffer()
    /// A text or a hash's message that is not kept.
    var scratch = ByteBuffer()
    var personalNodes: [JSONNode] = []
    var writer = CanonicalWriter()
    var kinds = KindsOfSources()
    private var emptyObject = JSONTape()

    public init(context: Context) {
        self.context = context
        do { try emptyObject.scan("{}".utf8) } catch { preconditionFailure("\(error)") }
    }

    /// Appends the draft of one event, the root of a tape; the batch is left as it was when the event is refused.
    ///
    /// - Parameter line: where the event came from, kept for messages.
    public mutating func decode(
        _ event: JSONNode, of tape: JSONTape, line: UInt64, into batch: inout DraftBatch
    ) throws(Refusal) {
        try members.collect(from: event, of: tape)
        content.start()
        stored.removeAll()
        var draft = Draft()
        draft.line = line
        let texts = try decodeRequired(of: tape, into: &draft)
        try decodeTime(of: tape, into: &draft)
        let clear = try decodeClearAttributes(of: tape, into: &draft)
        for (name, value) in members.extensions { content.append(extension: name, value) }
        let aliases = try decodeData(of: tape, texts, clear: clear, into: &draft)
        if Int(draft.clear.count + draft.personal.count) > Self.maximalStoredBytes {
            throw Refusal(
                field: "", reason: "the event is too large: at most \(Self.maximalStoredBytes) bytes are stored")
        }
        if !aliases.isEmpty { draft.otherAliases = store(aliases) }
        draft.content = context.keys.content(content)
        batch.append(draft, texts: stored)
    }

    /// Where the texts of an event stand in its content.
    struct Texts {
        var id: Range<Int>
        var source: Range<Int>
        var type: Range<Int>
        /// A subject that is no `kind:value`.
        var bareSubject: Range<Int>?
    }

    /// Puts a text where the draft can point at it.
    mutating func store(_ text: [UInt8]) -> Draft.Piece {
        let start = stored.count
        stored.append(text)
        return piece(start)
    }

    /// Puts a text of the content where the draft can point at it.
    @inline(__always)
    mutating func store(_ text: Range<Int>) -> Draft.Piece {
        let start = stored.count
        stored.append(content.bytes, text)
        return piece(start)
    }

    /// What was stored from `start` on.
    func piece(_ start: Int) -> Draft.Piece {
        Draft.Piece(offset: UInt32(start), count: UInt32(stored.count - start))
    }
}

/// Data.
extension EventDecoder {
    /// Checks data, splits it into what is clear and what is personal, and ends both parts; gives the aliases of other
    /// customers that it names, as a list (see `AliasList`).
    ///
    /// - Parameter clear: where the clear part begins, whose attributes are stored.
    private mutating func decodeData(
        of tape: JSONTape, _ texts: Texts, clear: Int, into draft: inout Draft
    ) throws(Refusal) -> [UInt8] {
        if members[.dataBase64] != nil { ClearPart.append(.dataIsBase64, content.bytes, 0..<0, to: &stored) }
        ClearPart.endAttributes(of: &stored)
        if !personalNodes.isEmpty { personalNodes.removeAll(keepingCapacity: true) }
        guard let data = members[.data] ?? members[.dataBase64] else {
            try check(emptyObject.root, of: emptyObject, texts, draft)
            let aliases = try decodeNames(in: emptyObject.root, of: emptyObject, texts, into: &draft)
            draft.clear = piece(clear)
            draft.personal = storePersonal(texts)
            return aliases
        }
        try check(data, of: tape, texts, draft)
        try HeaderAmount.read(type: content.bytes.span.extracting(texts.type), data: data, of: tape, into: &draft)
        let aliases = try decodeNames(in: data, of: tape, texts, into: &draft)
        content.append(
            members[.data] == nil ? .dataBase64 : .data, data: data, of: tape, noting: personalNodes, by: &writer,
            clear: &stored)
        draft.clear = piece(clear)
        draft.personal = storePersonal(texts)
        let personal = Int(draft.personal.offset)
        for index in personalNodes.indices {
            scratch.removeAll()
            tape.appendPointer(to: personalNodes[index], from: data, &scratch)
            PersonalPart.append(property: scratch, content.bytes, writer.places[index], to: &stored)
        }
        draft.personal = piece(personal)
        return aliases
    }

    /// Stores the personal part but for its pieces of data.
    private mutating func storePersonal(_ texts: Texts) -> Draft.Piece {
        let start = stored.count
        PersonalPart.append(id: texts.id, of: content.bytes, to: &stored)
        if let subject = texts.bareSubject { PersonalPart.append(subject: subject, of: content.bytes, to: &stored) }
        for (name, value) in members.extensions {
            PersonalPart.append(extension: name, value: value, to: &stored)
        }
        return piece(start)
    }

    private mutating func check(
        _ data: JSONNode, of tape: JSONTape, _ texts: Texts, _ draft: Draft
    ) throws(Refusal) {
        let name = draft.type.builtInName ?? String(decoding: content.bytes[texts.type], as: UTF8.self)
        try context.rules.check(type: draft.type, named: name, data: data, of: tape, personal: &personalNodes)
    }

    /// What the log must find before it can take the event: other customers, the event that is voided.
    private func decodeNames(
        in data: JSONNode, of tape: JSONTape, _ texts: Texts, into draft: inout Draft
    ) throws(Refusal) -> [UInt8] {
        if draft.type == .eventVoided {
            try HeaderTarget.read(data: data, of: tape, keys: context.keys, into: &draft)
        }
        guard draft.type.namesCustomers else { return [] }
        let aliases = HeaderAliases(source: content.bytes[texts.source], kindOfSource: context.kindOfSource)
        return try aliases.list(for: draft.type, data: data, of: tape)
    }
}
