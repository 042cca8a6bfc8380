import Touchpoints

extension EventType {
    /// Whether events of the type join or part the subject's customer with others.
    var namesCustomers: Bool {
        switch self {
        case .customerIdentified, .customerMerged, .customerSplit: true
        default: false
        }
    }
}

/// The attributes of an event, in the order in which its content is hashed.
extension EventDecoder {
    /// specversion, id, source, type and subject.
    mutating func decodeRequired(of tape: JSONTape, into draft: inout Draft) throws(Refusal) -> Texts {
        guard let version = members[.specversion] else { throw Refusal(field: "specversion", reason: "is missing") }
        guard tape.isText(version, "1.0") else {
            throw Refusal(field: "specversion", reason: "expected \"1.0\"")
        }
        // Each is read before the first one is judged further.
        let id = try required(.id, of: tape)
        let source = try required(.source, of: tape)
        let type = try required(.type, of: tape)
        var texts = Texts(id: id, source: source, type: type)
        try decodeType(type, into: &draft)
        draft.identity = context.keys.identity(of: content.bytes, source: source, id: id, &scratch)
        draft.source = store(source)
        if let subject = try text(.subject, of: tape) {
            try decode(subject: subject, into: &draft, &texts)
        } else if draft.type.namesCustomers {
            throw Refusal(field: "subject", reason: "is missing: \(draft.type.builtInName!) is about two customers")
        }
        return texts
    }

    private mutating func decodeType(_ name: Range<Int>, into draft: inout Draft) throws(Refusal) {
        var isEngines = false
        if let builtIn = EventType(builtIn: content.bytes.span.extracting(name)) {
            draft.type = builtIn
            switch builtIn.role {
            case .touchpoint: break
            case .folded: draft.flags.insert(.notTouchpoint)
            case .recordOnly: draft.flags.insert(.recordOnly)
            }
            switch builtIn {
            case .policyActivated, .schemaActivated, .clockTicked, .erasureCompleted: isEngines = true
            default: break
            }
        } else {
            draft.typeName = store(name)
            isEngines = content.bytes.span.extracting(name).starts(with: "admin.")
            if isEngines { draft.flags.insert(.recordOnly) }
        }
        if isEngines && !context.isEngine {
            let name = String(decoding: content.bytes[name], as: UTF8.self)
            throw Refusal(field: "type", reason: "\(name) is recorded by the engine only")
        }
    }

    private mutating func decode(
        subject: Range<Int>, into draft: inout Draft, _ texts: inout Texts
    ) throws(Refusal) {
        if let colon = Alias.colon(in: content.bytes.span.extracting(subject)) {
            try Alias.check(valueCount: subject.count - colon - 1, field: "subject")
            let whole = store(subject)
            let kind = UInt32(colon)
            draft.aliasKind = Draft.Piece(offset: whole.offset, count: kind)
            draft.aliasValue = Draft.Piece(offset: whole.offset + kind + 1, count: whole.count - kind - 1)
        } else {
            let source = texts.source
            let kind =
                kinds.kind(ofBareIn: content.bytes.span.extracting(source))
                ?? kinds.learn(content.bytes[source], context.kindOfSource)
            draft.aliasKind = store(kind)
            draft.aliasValue = store(subject)
            texts.bareSubject = subject
        }
    }

    mutating func decodeTime(of tape: JSONTape, into draft: inout Draft) throws(Refusal) {
        if let node = members[.time] {
            try read(.time, node, of: tape)
            do {
                draft.occurred = try Timestamp(rfc3339: scratch.span)
            } catch {
                throw Refusal(field: "time", reason: "\(error)")
            }
            content.append(.time, draft.occurred.rawValue)
        } else {
            draft.flags.insert(.timeSupplied)
        }
        if let node = members[.sequence] {
            try read(.sequence, node, of: tape)
            do {
                draft.sequence = try Decimal.scaled(scratch.span, digits: 0)
            } catch {
                throw Refusal(field: "sequence", reason: "expected a whole number of 64 bits as text")
            }
            if draft.sequence != 0 { content.append(.sequence, draft.sequence) }
        }
    }

    /// Begins the clear part; gives where that is.
    mutating func decodeClearAttributes(of tape: JSONTape, into draft: inout Draft) throws(Refusal) -> Int {
        if let channel = try text(.channel, of: tape) { draft.channel = store(channel) }
        let start = stored.count
        if let session = try clear(.sessionid, .sessionid, of: tape) {
            draft.session = context.keys.session(content.bytes.span.extracting(session))
        }
        if let order = try clear(.orderid, .orderid, of: tape) {
            draft.order = context.keys.order(content.bytes.span.extracting(order))
        }
        _ = try clear(.campaign, .campaign, of: tape)
        _ = try clear(.caseid, .caseid, of: tape)
        _ = try clear(.about, .about, of: tape)
        _ = try clear(.datacontenttype, .datacontenttype, of: tape)
        _ = try clear(.dataschema, .dataschema, of: tape)
        return start
    }

    /// Reads an attribute that lies in the clear part, too.
    private mutating func clear(
        _ attribute: EventAttribute, _ own: ClearAttribute, of tape: JSONTape
    ) throws(Refusal) -> Range<Int>? {
        guard let text = try text(attribute, of: tape) else { return nil }
        ClearPart.append(own, content.bytes, text, to: &stored)
        return text
    }

    private mutating func required(_ attribute: EventAttribute, of tape: JSONTape) throws(Refusal) -> Range<Int> {
        guard let text = try text(attribute, of: tape) else {
            throw Refusal(field: attribute.name, reason: "is missing")
        }
        return text
    }

    /// Appends the text of an attribute to the content; nil where it is absent.
    private mutating func text(_ attribute: EventAttribute, of tape: JSONTape) throws(Refusal) -> Range<Int>? {
        guard let node = members[attribute] else { return nil }
        return try content.append(attribute, node, of: tape)
    }

    /// Reads a text that does not go into the content as it is.
    private mutating func read(_ attribute: EventAttribute, _ node: JSONNode, of tape: JSONTape) throws(Refusal) {
        scratch.removeAll()
        _ = try AttributeText.append(
            node, of: tape, field: attribute.name, limit: attribute.limit, to: &scratch)
    }
}
