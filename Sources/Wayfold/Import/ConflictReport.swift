import EventLog
import Touchpoints

/// Names what differs between an event that was sent and the stored one of the same source and id.
enum ConflictReport {
    /// The fields as dotted paths, attributes first, in a fixed order; empty where the stored one was erased.
    static let differences: NameDifferences = { stored, sent, batch in
        guard let bytes = stored.personal else { return [] }
        let personal = PersonalPart(bytes: bytes.span.bytes)
        let sentPersonal = PersonalPart(bytes: batch.arena[sent.personal.range].span.bytes)
        let clear = Array(batch.arena[sent.clear.range])
        let sentClear = ClearPart(bytes: clear.span.bytes)
        let storedClear = ClearPart(bytes: stored.event.clearBytes)
        var fields: [String] = []
        func compare<T: Equatable>(_ field: String, _ a: T, _ b: T) {
            if a != b { fields.append(field) }
        }

        let type = sent.type.builtInName ?? batch.text(sent.typeName)
        compare("type", stored.dictionaries.name(of: stored.event.type), type)
        // As it was sent: a subject that is nobody's has no alias in the log, only its text in the personal part.
        let subject = personal.subject ?? stored.alias.map { "\($0.kind):\($0.value)" }
        compare("subject", subject, sentPersonal.subject ?? batch.aliasText(of: sent))
        let isTimed = !stored.event.flags.contains(.timeSupplied)
        let isSentTimed = !sent.flags.contains(.timeSupplied)
        if isTimed != isSentTimed || (isTimed && stored.event.occurred != sent.occurred) { fields.append("time") }
        compare("channel", stored.dictionaries.name(of: stored.event.channel), batch.text(sent.channel))
        compare("sequence", stored.event.sequence, sent.sequence)
        for attribute in ClearAttribute.sent {
            compare("\(attribute)", storedClear.attribute(attribute), sentClear.attribute(attribute))
        }
        for name in Set((personal.extensions + sentPersonal.extensions).map(\.name)).sorted() {
            compare(
                name, personal.extensions.first { $0.name == name }, sentPersonal.extensions.first { $0.name == name })
        }
        let before = personal.rebuild(clear: storedClear.json)
        let after = sentPersonal.rebuild(clear: sentClear.json)
        if before != after { fields += DataDifference.paths(before, after) }
        return fields
    }
}

/// Where two documents of canonical JSON differ.
enum DataDifference {
    /// Dotted paths below `data`, as deep as both have objects there.
    static func paths(_ before: [UInt8], _ after: [UInt8]) -> [String] {
        var old = JSONTape()
        var new = JSONTape()
        do {
            try old.scan(before)
            try new.scan(after)
        } catch {
            return ["data"]  // one of the two has no data at all
        }
        var paths: [String] = []
        compare(old.root, old, new.root, new, "data", &paths)
        return paths
    }

    private static func compare(
        _ a: JSONNode, _ old: JSONTape, _ b: JSONNode, _ new: JSONTape, _ path: String, _ paths: inout [String]
    ) {
        if old.written(a).elementsEqual(new.written(b)) { return }
        guard old.kind(of: a) == .object, new.kind(of: b) == .object else {
            paths.append(path)
            return
        }
        var names: [String] = []
        for (name, _) in old.members(of: a) { names.append(old.text(of: name) ?? "") }
        for (name, _) in new.members(of: b) where !names.contains(new.text(of: name) ?? "") {
            names.append(new.text(of: name) ?? "")
        }
        for name in names {
            switch (old.member(name, of: a), new.member(name, of: b)) {
            case (let x?, let y?): compare(x, old, y, new, path + "." + name, &paths)
            default: paths.append(path + "." + name)
            }
        }
    }
}
