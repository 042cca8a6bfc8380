import Touchpoints

/// One message, its members sorted out; a member that is `null` is absent.
struct SegmentMessage {
    let tape: JSONTape
    let call: SegmentCall
    private(set) var messageID: [UInt8]?
    private(set) var userID: [UInt8]?
    private(set) var anonymousID: [UInt8]?
    private(set) var previousID: [UInt8]?
    private(set) var groupID: [UInt8]?
    /// The name of a `track` call's event.
    private(set) var event: [UInt8]?
    /// Objects.
    private(set) var properties: JSONNode?
    private(set) var traits: JSONNode?
    private(set) var context: JSONNode?
    /// Of pages and screens, strings or whatever was sent.
    private(set) var name: JSONNode?
    private(set) var category: JSONNode?
    private(set) var channel: JSONNode?
    /// What `SegmentClock` reads.
    private(set) var timestamp: JSONNode?
    private(set) var originalTimestamp: JSONNode?
    private(set) var sentAt: JSONNode?
    private(set) var receivedAt: JSONNode?
    /// All other members that are kept.
    private(set) var others: [(name: JSONNode, value: JSONNode)] = []

    /// Members that speak of the way and not of the event, or that a client sends otherwise when it sends again.
    static let dropped: Set<String> = ["integrations", "writeKey", "_metadata", "request_ip", "requestIP"]

    /// - Parameter call: nil: the message's own `type` says it.
    init(_ root: JSONNode, of tape: JSONTape, call: SegmentCall?) throws(Refusal) {
        self.tape = tape
        guard tape.kind(of: root) == .object else {
            throw Refusal(field: "", reason: "expected a JSON object with one message")
        }
        if let call { self.call = call } else { self.call = try Self.type(of: root, tape) }
        for (name, value) in tape.members(of: root) where tape.kind(of: value) != .null {
            try take(tape.text(of: name)!, name, value)
        }
    }

    private static func type(of root: JSONNode, _ tape: JSONTape) throws(Refusal) -> SegmentCall {
        let words = SegmentCall.single.map(\.rawValue).joined(separator: ", ")
        guard let node = tape.member("type", of: root), tape.kind(of: node) != .null else {
            throw Refusal(field: "type", reason: "is missing: expected one of \(words)")
        }
        guard let text = tape.text(of: node), let call = SegmentCall(rawValue: text), call != .batch else {
            throw Refusal(field: "type", reason: "expected one of \(words)")
        }
        return call
    }

    private mutating func take(_ field: String, _ name: JSONNode, _ value: JSONNode) throws(Refusal) {
        switch field {
        case "type": break
        case "messageId": messageID = try id(value, field)
        case "userId": userID = try id(value, field)
        case "anonymousId": anonymousID = try id(value, field)
        case "previousId": previousID = try id(value, field)
        case "groupId": groupID = try id(value, field)
        case "event" where call == .track: event = try id(value, field)
        case "properties": properties = try object(value, field)
        case "traits": traits = try object(value, field)
        case "context": context = try object(value, field)
        case "name" where call == .page || call == .screen: self.name = value
        case "category" where call == .page || call == .screen: category = value
        case "channel": channel = value
        case "timestamp": timestamp = value
        case "originalTimestamp": originalTimestamp = value
        case "sentAt": sentAt = value
        case "receivedAt": receivedAt = value
        case _ where Self.dropped.contains(field): break
        default: others.append((name, value))
        }
    }

    /// A text, or a number as it is written; nil for an empty text.
    private func id(_ node: JSONNode, _ field: String) throws(Refusal) -> [UInt8]? {
        switch tape.kind(of: node) {
        case .string, .number:
            let text = tape.utf8(of: node)
            return text.isEmpty ? nil : text
        default: throw Refusal(field: field, reason: "expected a string")
        }
    }

    private func object(_ node: JSONNode, _ field: String) throws(Refusal) -> JSONNode {
        guard tape.kind(of: node) == .object else { throw Refusal(field: field, reason: "expected an object") }
        return node
    }
}

extension SegmentMessage {
    /// The properties, and of a page or a screen its name and category where these are not among them.
    var namedProperties: [(name: String, node: JSONNode)] {
        var named = SegmentProperties.members(of: properties, tape)
        for (field, node) in [("name", name), ("category", category)] {
            guard let node, !named.contains(where: { $0.name == field }) else { continue }
            named.append((field, node))
        }
        return named
    }

    /// Whether one of these properties is there.
    func hasProperty(_ names: String...) -> Bool {
        guard let properties else { return false }
        return tape.members(of: properties).contains {
            tape.kind(of: $0.value) != .null && names.contains(tape.text(of: $0.name)!)
        }
    }

    /// The traits, which RudderStack's clients write into the context.
    var allTraits: JSONNode? { traits ?? traitsOfContext }

    /// Where the context holds what the call is about.
    var traitsOfContext: JSONNode? {
        guard traits == nil, call == .identify || call == .group, let context,
            let inside = tape.member("traits", of: context), tape.kind(of: inside) == .object
        else { return nil }
        return inside
    }

    /// A text in the context, or a number as it is written; nil for anything else and for an empty text.
    func textOfContext(_ path: String...) -> [UInt8]? {
        var node = context
        for step in path { node = node.flatMap { tape.member(step, of: $0) } }
        guard let node, [.string, .number].contains(tape.kind(of: node)) else { return nil }
        let text = tape.utf8(of: node)
        return text.isEmpty ? nil : text
    }
}
