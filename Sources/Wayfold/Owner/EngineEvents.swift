import Digests
import Ingest
import Touchpoints

/// Makes the events that the engine itself appends: activations and ticks.
struct EngineEvents {
    let keys: HashKeys

    func policyActivated(yaml: String, zone: ZoneTable, note: String?) throws -> DraftBatch {
        var data = [("yaml", yaml), ("zone", zone.encoded)]
        if let note { data.append(("note", note)) }
        return try event("policy.activated", data.map { ($0.0, JSONText.string($0.1)) })
    }

    func schemaActivated(type: String, version: Int64, schema: String, note: String?) throws -> DraftBatch {
        var data = [
            ("type", JSONText.string(type)), ("version", String(version)), ("schema", JSONText.string(schema)),
        ]
        if let note { data.append(("note", JSONText.string(note))) }
        return try event("schema.activated", data)
    }

    /// - Parameter time: the clock that the tick brings; nil: now, as the log's writer reads it.
    func clockTicked(to time: Timestamp?) throws -> DraftBatch { try event("clock.ticked", [], time: time) }

    private func event(_ type: String, _ data: [(String, String)], time: Timestamp? = nil) throws -> DraftBatch {
        var random = SecureRandom()
        let id = random.bytes(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let members = data.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
        let time = time.map { "\"time\":\"\($0)\"," } ?? ""
        let json = """
            {"specversion":"1.0","id":"\(id)","source":"wayfold","type":"\(type)",\(time)"data":{\(members)}}
            """
        let context = EventDecoder.Context(keys: keys, rules: SchemaRegistry(), isEngine: true) { _ in nil }
        var reader = EventReader(decoder: EventDecoder(context: context))
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        reader.push(Array(json.utf8), into: &batch, rejected: &rejected)
        reader.finish(into: &batch, rejected: &rejected)
        if let fault = rejected.first { throw fault.refusal }
        return batch
    }
}

/// A text as a JSON string.
enum JSONText {
    static func string(_ text: String) -> String {
        var json: [UInt8] = []
        CanonicalJSON.append(string: text.utf8, to: &json)
        return String(decoding: json, as: UTF8.self)
    }
}
