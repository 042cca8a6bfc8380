import Digests
import EventLog
import Ingest
import Touchpoints

/// Makes the events that the engine itself appends: activations, ticks, what was done to a folder.
struct EngineEvents {
    let keys: HashKeys

    func policyActivated(yaml: String, zone: ZoneTable, note: String?) throws -> DraftBatch {
        var data = [("yaml", yaml), ("zone", zone.encoded)]
        if let note { data.append(("note", note)) }
        return try event("policy.activated", data.map { ($0.0, JSONString.quoted($0.1)) })
    }

    func schemaActivated(type: String, version: Int64, schema: String, note: String?) throws -> DraftBatch {
        var data = [
            ("type", JSONString.quoted(type)), ("version", String(version)), ("schema", JSONString.quoted(schema)),
        ]
        if let note { data.append(("note", JSONString.quoted(note))) }
        return try event("schema.activated", data)
    }

    /// - Parameter time: the clock that the tick brings; nil: now, as the log's writer reads it.
    func clockTicked(to time: Timestamp?) throws -> DraftBatch { try event("clock.ticked", [], time: time) }

    /// Something that was done to the folder or taken out of it.
    ///
    /// - Parameters:
    ///   - type: of the family `admin.*`.
    ///   - data: the members of its data, their values as JSON.
    func admin(_ type: String, _ data: [(String, String)]) throws -> DraftBatch {
        precondition(type.hasPrefix("admin."), "\(type) is of another family")
        return try event(type, data)
    }

    private func event(_ type: String, _ data: [(String, String)], time: Timestamp? = nil) throws -> DraftBatch {
        try batch(Self.line(type, time.map { [("time", JSONString.quoted("\($0)"))] } ?? [], data))
    }

    /// One event as a line of JSON.
    ///
    /// - Parameters:
    ///   - id: nil: a new one, so that the same said again is another event.
    ///   - attributes: further attributes and the members of the data, their values as JSON.
    private static func line(
        _ type: String, id: String? = nil, _ attributes: [(String, String)], _ data: [(String, String)]
    ) -> String {
        func members(_ pairs: [(String, String)]) -> String {
            pairs.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
        }
        let fixed = [("specversion", "1.0"), ("id", id ?? randomID()), ("source", "wayfold"), ("type", type)]
        let all = fixed.map { ($0.0, JSONString.quoted($0.1)) } + attributes + [("data", "{\(members(data))}")]
        return "{\(members(all))}\n"
    }

    private static func randomID() -> String {
        var random = SecureRandom()
        return random.hexadecimal(16)
    }

    /// Reads lines of events, which must all be good.
    private func batch(_ lines: String) throws -> DraftBatch {
        let context = EventDecoder.Context(keys: keys, rules: SchemaRegistry(), isEngine: true) { _ in nil }
        var reader = EventReader(decoder: EventDecoder(context: context))
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        reader.push(Array(lines.utf8), into: &batch, rejected: &rejected)
        reader.finish(into: &batch, rejected: &rejected)
        if let fault = rejected.first { throw fault.refusal }
        return batch
    }
}

/// Who is whom, and what no longer counts.
extension EngineEvents {
    func customerMerged(_ alias: EventLog.Alias, _ other: EventLog.Alias, _ grounds: Grounds) throws -> DraftBatch {
        try event(
            "customer.merged", about: alias, naming: [other],
            [("alias", JSONString.quoted("\(other)"))] + grounds.members)
    }

    /// - Parameter alias: one of the customer that the others leave.
    func customerSplit(
        _ aliases: [EventLog.Alias], of alias: EventLog.Alias, _ grounds: Grounds
    ) throws -> DraftBatch {
        let list = aliases.map { JSONString.quoted("\($0)") }.joined(separator: ",")
        return try event(
            "customer.split", about: alias, naming: aliases, [("aliases", "[\(list)]")] + grounds.members)
    }

    /// One event a position, with an id that says which: the same said again is the same event.
    func eventsVoided(_ positions: some Sequence<Position>, _ grounds: Grounds) throws -> DraftBatch {
        let lines = positions.map { position in
            Self.line("event.voided", id: "void-\(position)", [], [("position", "\(position)")] + grounds.members)
        }
        return try batch(lines.joined())
    }

    /// An event about a customer. The log is given the aliases themselves: a kind that a policy gave to bare values
    /// cannot always be written as `kind:value`.
    private func event(
        _ type: String, about subject: EventLog.Alias, naming others: [EventLog.Alias], _ data: [(String, String)]
    ) throws -> DraftBatch {
        var batch = try batch(Self.line(type, [("subject", JSONString.quoted("\(subject)"))], data))
        var list: [UInt8] = []
        for other in others {
            AliasList.append(kind: Array(other.kind.utf8), value: Array(other.value.utf8), to: &list)
        }
        batch.drafts[0].aliasKind = batch.place(subject.kind.utf8)
        batch.drafts[0].aliasValue = batch.place(subject.value.utf8)
        batch.drafts[0].otherAliases = batch.place(list)
        return batch
    }
}
