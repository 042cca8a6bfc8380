import Policies
import Touchpoints

/// Makes events of messages: what each call means, by Segment's spec and the policy.
///
/// ```text
/// track            the type that the policy gives to the event's name, else a type of that name
/// page, screen     page.viewed
/// identify         customer.identified where both ids are there, and profile.updated with the traits where there are
///                  some or nothing else comes of it; of both, the first has the message's id and "/identified"
/// alias            customer.identified
/// group            group.joined
/// ```
struct SegmentMapper: ~Copyable {
    private let policy: SegmentPolicy
    private let meanings: [String: SegmentPolicy.Event]
    private var decoder: EventDecoder
    private var tape = JSONTape()

    init(decoder: consuming EventDecoder, policy: SegmentPolicy) {
        self.policy = policy
        self.decoder = decoder
        meanings = Dictionary(policy.events.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Where a message came from.
    struct Origin {
        var source: String
        /// Its ordinal or line.
        var line: UInt64
        /// nil: what the message says.
        var receivedAt: Timestamp?
        var shared = SegmentShared()
    }

    /// Appends the events of a message; none if one of them is refused.
    mutating func take(
        _ message: SegmentMessage, from origin: Origin, into batch: inout DraftBatch
    ) throws(Refusal) {
        let (count, byteCount) = (batch.count, batch.arena.count)
        let clock = try SegmentClock(message, sentAt: origin.shared.sentAt, receivedAt: origin.receivedAt)
        do throws(Refusal) {
            switch message.call {
            case .track, .page, .screen: try takeProperties(message, clock, origin, &batch)
            case .identify: try takeIdentity(message, clock, origin, &batch)
            case .alias: try takeAlias(message, clock, origin, &batch)
            case .group: try takeGroup(message, clock, origin, &batch)
            case .batch: preconditionFailure("a message is a single call")
            }
        } catch {
            batch.drafts.removeLast(batch.count - count)
            batch.arena.removeLast(batch.arena.count - byteCount)
            throw error.ofMessage(message)
        }
        // The content is hashed with the producer's own time.
        guard let occurred = clock.occurred else { return }
        for index in count..<batch.count { batch.drafts[index].occurred = occurred }
    }

    private mutating func decode(
        _ event: SegmentEvent, _ message: SegmentMessage, _ clock: SegmentClock, _ origin: Origin,
        _ batch: inout DraftBatch
    ) throws(Refusal) {
        let id = message.messageID ?? SegmentFingerprint.id(of: message)
        do {
            try tape.scan(event.json(id: id, source: origin.source, time: clock.made))
        } catch {
            // The JSON is ours: only how deep the message is can be wrong.
            throw Refusal(field: "", reason: "\(error.reason)")
        }
        try decoder.decode(tape.root, of: tape, line: origin.line, into: &batch)
    }
}

/// Track, page, screen.
extension SegmentMapper {
    private mutating func takeProperties(
        _ message: SegmentMessage, _ clock: SegmentClock, _ origin: Origin, _ batch: inout DraftBatch
    ) throws(Refusal) {
        let subject = try subject(of: message)
        let (type, data) = try meaning(of: message)
        // What does not fit the schema of a built-in type is kept aside: who speaks Segment's spec does not know ours.
        var refusals: [String: Refusal] = [:]
        while true {
            var event = SegmentEvent(type: type, subject: subject)
            let names = try fill(&event, message, data, Set(refusals.keys), origin.shared)
            do throws(Refusal) {
                return try decode(event, message, clock, origin, &batch)
            } catch {
                guard let name = Self.member(of: error.field) else { throw error }
                // What must be there cannot be kept aside.
                guard names.contains(name) else { throw refusals[name] ?? error }
                refusals[name] = error
            }
        }
    }

    /// The type that a message becomes, and the texts that the policy puts in its data.
    private func meaning(of message: SegmentMessage) throws(Refusal) -> (type: String, data: [String: String]) {
        guard message.call == .track else { return ("page.viewed", [:]) }
        guard let name = message.event.map({ String(decoding: $0, as: UTF8.self) }) else {
            throw Refusal(field: "event", reason: "is missing: what was tracked")
        }
        let meaning = meanings[name]
        let type = meaning?.type ?? name
        let isWhole = type == "order.refunded" && !message.hasProperty("total", "value", "revenue", "products", "items")
        return (isWhole ? "order.cancelled" : type, meaning?.data ?? [:])
    }

    /// Gives the event attributes and data; returns which members of the data can be left out.
    private func fill(
        _ event: inout SegmentEvent, _ message: SegmentMessage, _ texts: [String: String], _ blocked: Set<String>,
        _ shared: SegmentShared
    ) throws(Refusal) -> Set<String> {
        let type = EventType(builtIn: event.type)
        let rules = type.map { SegmentRule.rules(for: $0) } ?? []
        var properties = SegmentProperties(
            message.namedProperties, of: message.tape, reserved: "segment", currency: policy.currency,
            keepsNull: type == nil)
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { properties.append(name, text: text) }
        if type != nil, let order = properties.takeText(["order_id", "orderId"]) {
            event.attributes.append(("orderid", order))
        }
        let isCampaigns = event.type.hasPrefix("campaign.")
        let campaign =
            (isCampaigns ? properties.takeText(["campaign_id", "campaign_name"]) : nil)
            ?? message.textOfContext("campaign", "name")
        if let campaign { event.attributes.append(("campaign", campaign)) }
        if let session = message.textOfContext("sessionId") { event.attributes.append(("sessionid", session)) }
        try properties.apply(rules, blocked: blocked)
        if type == .cartUpdated { properties.gatherChanged(blocked: blocked) }
        let (members, aside) = properties.finish(rules, blocked: blocked)
        for member in members { event.data.append(member.name, member.json) }
        finish(&event, message, aside, shared)
        let fixed = Set(rules.filter(\.isRequired).map(\.target)).union(texts.keys)
        return type == nil ? [] : Set(members.map(\.name)).subtracting(fixed)
    }

    /// The member of the data that a field lies in: `items` of `data.items[2].price`.
    private static func member(of field: String) -> String? {
        guard field.hasPrefix("data.") else { return nil }
        return String(field.dropFirst("data.".count).prefix { $0 != "." && $0 != "[" })
    }
}

/// Calls about who somebody is.
extension SegmentMapper {
    private mutating func takeIdentity(
        _ message: SegmentMessage, _ clock: SegmentClock, _ origin: Origin, _ batch: inout DraftBatch
    ) throws(Refusal) {
        let subject = try subject(of: message)
        let traits = message.allTraits
        let isJoined = message.userID != nil && message.anonymousID != nil
        let hasTraits = traits.map { message.tape.count(of: $0) > 0 } ?? false
        if isJoined {
            var event = identified(subject, message.anonymousID!, policy.anonymousKind, by: "identify")
            if hasTraits {
                event.idSuffix = "/identified"
            } else {
                finish(&event, message, JSONObjectText(), origin.shared)
            }
            try decode(event, message, clock, origin, &batch)
        }
        guard hasTraits || !isJoined else { return }
        var event = SegmentEvent(type: "profile.updated", subject: subject)
        event.data.append("traits", traits.map { Array(message.tape.written($0)) } ?? Array("{}".utf8))
        finish(&event, message, JSONObjectText(), origin.shared)
        try decode(event, message, clock, origin, &batch)
    }

    private mutating func takeAlias(
        _ message: SegmentMessage, _ clock: SegmentClock, _ origin: Origin, _ batch: inout DraftBatch
    ) throws(Refusal) {
        guard message.userID != nil else { throw Refusal(field: "userId", reason: "is missing") }
        guard let previous = message.previousID else { throw Refusal(field: "previousId", reason: "is missing") }
        var event = identified(try subject(of: message), previous, policy.previousKind, by: "alias")
        finish(&event, message, JSONObjectText(), origin.shared)
        try decode(event, message, clock, origin, &batch)
    }

    private mutating func takeGroup(
        _ message: SegmentMessage, _ clock: SegmentClock, _ origin: Origin, _ batch: inout DraftBatch
    ) throws(Refusal) {
        guard let group = message.groupID else { throw Refusal(field: "groupId", reason: "is missing") }
        var event = SegmentEvent(type: "group.joined", subject: try subject(of: message))
        event.data.append("groupId", text: group)
        if let traits = message.allTraits { event.data.append("traits", message.tape.written(traits)) }
        finish(&event, message, JSONObjectText(), origin.shared)
        try decode(event, message, clock, origin, &batch)
    }

    private func identified(_ subject: [UInt8], _ other: [UInt8], _ kind: String, by call: String) -> SegmentEvent {
        var event = SegmentEvent(type: "customer.identified", subject: subject)
        event.data.append("alias", text: Array("\(kind):".utf8) + other)
        event.data.append("by", text: call.utf8)
        return event
    }

    private func subject(of message: SegmentMessage) throws(Refusal) -> [UInt8] {
        if let user = message.userID { return Array("\(policy.userKind):".utf8) + user }
        if let anonymous = message.anonymousID { return Array("\(policy.anonymousKind):".utf8) + anonymous }
        throw Refusal(field: "userId", reason: "is missing, and so is anonymousId: one of both says who it was")
    }

    /// Adds the channel, and what else the message says.
    private func finish(
        _ event: inout SegmentEvent, _ message: SegmentMessage, _ aside: JSONObjectText, _ shared: SegmentShared
    ) {
        let channel = message.channel.flatMap { message.tape.text(of: $0) }.flatMap { policy.channels[$0] }
        if let channel { event.attributes.append(("channel", Array(channel.utf8))) }
        let rest = message.rest(shared, hasChannel: channel != nil, aside: aside)
        if !rest.isEmpty { event.data.append("segment", rest.closed) }
    }
}
