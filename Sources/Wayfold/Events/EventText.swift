import EventLog
import Touchpoints

/// One event as CloudEvents 1.0 JSON, made from its parts.
///
/// It has the content of the event that came and can be imported again, but not its spelling: members stand in our order,
/// and the time is in UTC.
struct EventText {
    /// nil: it was erased.
    var id: String?
    var source: String
    var type: String
    var subject: String?
    /// nil: the producer sent none.
    var time: Timestamp?
    var sequence: Int64
    var channel: String
    /// What we say of it ourselves, as texts by name.
    var stamps: [(name: String, text: String)] = []

    /// - Parameter personal: nil where it was erased.
    func json(clear: borrowing ClearPart, personal: PersonalPart?) -> String {
        var json = Array(#"{"specversion":"1.0""#.utf8)
        func add(_ name: String, _ value: some Sequence<UInt8>) {
            json.append(UInt8(ascii: ","))
            CanonicalJSON.append(string: name.utf8, to: &json)
            json.append(UInt8(ascii: ":"))
            json += value
        }
        func add(_ name: String, text: String?) {
            guard let text else { return }
            var quoted: [UInt8] = []
            CanonicalJSON.append(string: text.utf8, to: &quoted)
            add(name, quoted)
        }
        add("id", text: id)
        add("source", text: source)
        add("type", text: type)
        add("subject", text: subject)
        add("time", text: time.map { "\($0)" })
        add("sequence", text: sequence == 0 ? nil : "\(sequence)")
        add("channel", text: channel.isEmpty ? nil : channel)
        for attribute in ClearAttribute.sent { add("\(attribute)", text: clear.attribute(attribute)) }
        for other in personal?.extensions ?? [] { add(other.name, other.value) }
        for stamp in stamps { add(stamp.name, text: stamp.text) }
        let data = personal?.rebuild(clear: clear.json) ?? clear.json
        if !data.isEmpty { add(clear.attribute(.dataIsBase64) == nil ? "data" : "data_base64", data) }
        json.append(UInt8(ascii: "}"))
        return String(decoding: json, as: UTF8.self)
    }
}

extension EventText {
    /// An event of the log, with what the log says of it.
    ///
    /// - Parameters:
    ///   - personal: nil where it was erased.
    ///   - dictionaries: the log's.
    static func json(
        of event: borrowing EventView, _ personal: PersonalPart?, in log: LogReader, _ dictionaries: Dictionaries
    ) throws -> String {
        let alias = event.strand.isNone ? nil : try log.alias(of: event.strand)
        var stamps = [("wayfoldposition", "\(event.position)"), ("wayfoldrecorded", "\(event.recorded)")]
        if !event.actor.isNone { stamps.append(("wayfoldactor", dictionaries.name(of: event.actor))) }
        let text = EventText(
            id: personal?.id, source: dictionaries.name(of: event.source), type: dictionaries.name(of: event.type),
            subject: personal?.subject ?? alias.map { "\($0)" },
            time: event.flags.contains(.timeSupplied) ? nil : event.occurred, sequence: event.sequence,
            channel: dictionaries.name(of: event.channel), stamps: stamps)
        return text.json(clear: ClearPart(bytes: event.clearBytes), personal: personal)
    }
}

extension DraftBatch {
    /// An event as CloudEvents JSON, made from its draft: what a file of rejects keeps of an event that was read.
    func eventText(of draft: Draft) -> String {
        let personal = PersonalPart(bytes: arena[draft.personal.range].span.bytes)
        let text = EventText(
            id: personal.id, source: text(draft.source), type: draft.type.builtInName ?? text(draft.typeName),
            subject: personal.subject ?? aliasText(of: draft),
            time: draft.flags.contains(.timeSupplied) ? nil : draft.occurred, sequence: draft.sequence,
            channel: text(draft.channel))
        return text.json(clear: ClearPart(bytes: arena[draft.clear.range].span.bytes), personal: personal)
    }

    /// The alias of a draft's subject, nil without one.
    func aliasText(of draft: Draft) -> String? {
        draft.aliasKind.count == 0 ? nil : text(draft.aliasKind) + ":" + text(draft.aliasValue)
    }
}
