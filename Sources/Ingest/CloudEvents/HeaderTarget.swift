import Touchpoints

/// The event that `event.voided` takes out: the one at `data.position`, or the one of `data.source` and `data.id`.
enum HeaderTarget {
    /// Fills `amount` or `target`, whatever the schema says.
    static func read(data: JSONNode, of tape: JSONTape, keys: HashKeys, into draft: inout Draft) throws(Refusal) {
        let source = tape.member("source", of: data)
        let id = tape.member("id", of: data)
        if let position = tape.member("position", of: data) {
            if source != nil || id != nil {
                throw Refusal(
                    field: "data.position", reason: "cannot stand beside source and id: they name the event, too")
            }
            guard let number = tape.integer(of: position), number >= 1 else {
                throw Refusal(field: "data.position", reason: "expected a whole number from 1 on")
            }
            draft.amount = number
            return
        }
        guard source != nil || id != nil else {
            throw Refusal(
                field: "data.position", reason: "is missing, and so are source and id: one of both names the event")
        }
        draft.target = keys.identity(
            source: try text(source, of: tape, .source), id: try text(id, of: tape, .id))
    }

    private static func text(
        _ node: JSONNode?, of tape: JSONTape, _ attribute: EventAttribute
    ) throws(Refusal) -> [UInt8] {
        let field = "data.\(attribute.name)"
        guard let node else { throw Refusal(field: field, reason: "is missing: an event is named by source and id") }
        return try AttributeText.read(node, of: tape, field: field, limit: attribute.limit)
    }
}
