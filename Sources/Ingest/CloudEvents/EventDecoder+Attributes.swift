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
    /// specversion, id, source, type and subject; gives the type's name.
    mutating func decodeRequired(
        of tape: JSONTape, into draft: inout Draft, _ batch: inout DraftBatch
    ) throws(Refusal) -> String {
        guard let version = members[.specversion] else { throw Refusal(field: "specversion", reason: "is missing") }
        guard tape.isText(version, "1.0") else {
            throw Refusal(field: "specversion", reason: "expected \"1.0\"")
        }
        let id = try required(.id, of: tape)
        let source = try required(.source, of: tape)
        let typeName = try required(.type, of: tape)
        let type = String(decoding: typeName, as: UTF8.self)
        try decode(type: type, named: typeName, into: &draft, &batch)
        draft.identity = context.keys.identity(source: source, id: id)
        draft.source = batch.place(source)
        PersonalPart.append(id: id, to: &personal)
        content.append(.id, id)
        content.append(.source, source)
        content.append(.type, typeName)
        if let subject = try text(.subject, of: tape) {
            let alias = try Alias(
                text: subject, field: "subject", source: source, kindOfSource: context.kindOfSource)
            draft.aliasKind = batch.place(alias.kind)
            draft.aliasValue = batch.place(alias.value)
            if alias.isBare { PersonalPart.append(subject: subject, to: &personal) }
            content.append(.subject, subject)
        } else if draft.type.namesCustomers {
            throw Refusal(field: "subject", reason: "is missing: \(type) is about two customers")
        }
        return type
    }

    private func decode(
        type: String, named name: [UInt8], into draft: inout Draft, _ batch: inout DraftBatch
    ) throws(Refusal) {
        let isAdministrative = name.starts(with: "admin.".utf8)
        if let builtIn = EventType(builtIn: type) {
            draft.type = builtIn
            switch builtIn.role {
            case .touchpoint: break
            case .folded: draft.flags.insert(.notTouchpoint)
            case .recordOnly: draft.flags.insert(.recordOnly)
            }
        } else {
            draft.typeName = batch.place(name)
            if isAdministrative { draft.flags.insert(.recordOnly) }
        }
        if context.isEngine { return }
        switch draft.type {
        case .policyActivated, .schemaActivated, .clockTicked, .erasureCompleted:
            throw Refusal(field: "type", reason: "\(type) is recorded by the engine only")
        default:
            if isAdministrative { throw Refusal(field: "type", reason: "\(type) is recorded by the engine only") }
        }
    }

    mutating func decodeTime(of tape: JSONTape, into draft: inout Draft) throws(Refusal) {
        if let time = try text(.time, of: tape) {
            do {
                draft.occurred = try Timestamp(rfc3339: time.span)
            } catch {
                throw Refusal(field: "time", reason: "\(error)")
            }
            content.append(.time, draft.occurred.rawValue)
        } else {
            draft.flags.insert(.timeSupplied)
        }
        if let sequence = try text(.sequence, of: tape) {
            do {
                draft.sequence = try Decimal.scaled(sequence.span, digits: 0)
            } catch {
                throw Refusal(field: "sequence", reason: "expected a whole number of 64 bits as text")
            }
            if draft.sequence != 0 { content.append(.sequence, draft.sequence) }
        }
    }

    mutating func decodeClearAttributes(
        of tape: JSONTape, into draft: inout Draft, _ batch: inout DraftBatch
    ) throws(Refusal) {
        if let channel = try text(.channel, of: tape) {
            draft.channel = batch.place(channel)
            content.append(.channel, channel)
        }
        for (attribute, clearAttribute) in Self.clearAttributes {
            guard let value = try text(attribute, of: tape) else { continue }
            if attribute == .sessionid { draft.session = context.keys.session(value) }
            if attribute == .orderid { draft.order = context.keys.order(value) }
            ClearPart.append(clearAttribute, value, to: &clear)
            content.append(attribute, value)
        }
    }

    private static let clearAttributes: [(EventAttribute, ClearAttribute)] = [
        (.sessionid, .sessionid), (.orderid, .orderid), (.campaign, .campaign), (.caseid, .caseid), (.about, .about),
        (.datacontenttype, .datacontenttype), (.dataschema, .dataschema),
    ]

    private func required(_ attribute: EventAttribute, of tape: JSONTape) throws(Refusal) -> [UInt8] {
        guard let value = try text(attribute, of: tape) else {
            throw Refusal(field: attribute.name, reason: "is missing")
        }
        return value
    }

    /// The text of an attribute; nil where it is absent.
    private func text(_ attribute: EventAttribute, of tape: JSONTape) throws(Refusal) -> [UInt8]? {
        guard let node = members[attribute] else { return nil }
        return try AttributeText.read(node, of: tape, field: attribute.name, limit: attribute.limit)
    }
}
