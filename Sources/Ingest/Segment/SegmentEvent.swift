import Touchpoints

/// An event that a message becomes, before it is decoded as any other.
struct SegmentEvent {
    /// Behind the message's id, where a message is more than one event.
    var idSuffix = ""
    var type: String
    var subject: [UInt8]
    /// Further attributes, texts.
    var attributes: [(name: String, text: [UInt8])] = []
    var data = JSONObjectText()

    init(type: String, subject: [UInt8]) {
        self.type = type
        self.subject = subject
    }

    /// The event as CloudEvents JSON.
    func json(id: [UInt8], source: String, time: Timestamp?) -> [UInt8] {
        var text = JSONObjectText()
        text.append("specversion", text: "1.0".utf8)
        text.append("id", text: id + Array(idSuffix.utf8))
        text.append("source", text: source.utf8)
        text.append("type", text: type.utf8)
        text.append("subject", text: subject)
        if let time { text.append("time", text: time.description.utf8) }
        for attribute in attributes { text.append(attribute.name, text: attribute.text) }
        text.append("data", data.closed)
        return text.closed
    }
}

extension Refusal {
    /// With the field's name in the message, where it has another one there than in the event.
    func ofMessage(_ message: SegmentMessage) -> Refusal {
        let field: String
        switch self.field {
        case "type": field = "event"
        case "id": field = "messageId"
        case "subject": field = message.userID == nil ? "anonymousId" : "userId"
        case "time": field = message.originalTimestamp == nil ? "timestamp" : "originalTimestamp"
        case "orderid": field = "properties.order_id"
        case "sessionid": field = "context.sessionId"
        case "campaign": field = "context.campaign.name"
        case "data.alias": field = message.call == .alias ? "previousId" : "anonymousId"
        case let name where name.hasPrefix("data.segment."): field = String(name.dropFirst("data.segment.".count))
        case let name where name.hasPrefix("data.traits"): field = String(name.dropFirst("data.".count))
        case let name where name.hasPrefix("data."): field = "properties." + name.dropFirst("data.".count)
        default: field = self.field
        }
        return Refusal(field: field, reason: reason)
    }
}
