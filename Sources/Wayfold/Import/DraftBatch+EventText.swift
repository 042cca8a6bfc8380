import Touchpoints

extension DraftBatch {
    /// An event as CloudEvents JSON, made from its draft: what a file of rejects keeps of an event that was read.
    ///
    /// It has the content of the event that came and can be imported again, but not its spelling: members stand in our
    /// order, and the time is in UTC.
    func eventText(of draft: Draft) -> String {
        let clear = ClearPart(bytes: arena[draft.clear.range].span.bytes)
        let personal = PersonalPart(bytes: arena[draft.personal.range].span.bytes)
        var members = [
            ("specversion", JSONText.string("1.0")), ("id", JSONText.string(personal.id)),
            ("source", JSONText.string(text(draft.source))),
            ("type", JSONText.string(draft.type.builtInName ?? text(draft.typeName))),
        ]
        if let subject = personal.subject ?? aliasText(of: draft) {
            members.append(("subject", JSONText.string(subject)))
        }
        if !draft.flags.contains(.timeSupplied) { members.append(("time", JSONText.string("\(draft.occurred)"))) }
        if draft.sequence != 0 { members.append(("sequence", JSONText.string("\(draft.sequence)"))) }
        if draft.channel.count > 0 { members.append(("channel", JSONText.string(text(draft.channel)))) }
        for attribute in ClearAttribute.sent {
            guard let value = clear.attribute(attribute) else { continue }
            members.append(("\(attribute)", JSONText.string(value)))
        }
        for other in personal.extensions { members.append((other.name, String(decoding: other.value, as: UTF8.self))) }
        let data = personal.rebuild(clear: clear.json)
        if !data.isEmpty {
            let name = clear.attribute(.dataIsBase64) == nil ? "data" : "data_base64"
            members.append((name, String(decoding: data, as: UTF8.self)))
        }
        return "{" + members.map { JSONText.string($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
    }

    /// The alias of a draft's subject, nil without one.
    func aliasText(of draft: Draft) -> String? {
        draft.aliasKind.count == 0 ? nil : text(draft.aliasKind) + ":" + text(draft.aliasValue)
    }
}
