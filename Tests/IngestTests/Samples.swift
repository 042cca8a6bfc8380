import Touchpoints

@testable import Ingest

/// Rules for tests: of the types in `clear` everything is clear but members named `secret`; of others all is personal.
struct SampleRules: DataRules {
    var clearTypes: Set<String> = ["order.paid", "points.redeemed", "chat.messaged", "shop.seen"]

    func check(
        type: EventType, named name: String, data: JSONNode, of tape: JSONTape, personal: inout [JSONNode]
    ) throws(Refusal) {
        guard clearTypes.contains(name) else {
            personal.append(data)
            return
        }
        if let rating = tape.member("rating", of: data), tape.integer(of: rating) == nil {
            throw Refusal(field: "data.rating", reason: "expected a whole number")
        }
        collect(data, tape, &personal)
    }

    private func collect(_ node: JSONNode, _ tape: JSONTape, _ personal: inout [JSONNode]) {
        for (name, value) in tape.members(of: node) {
            if tape.isText(name, "secret") { personal.append(value) } else { collect(value, tape, &personal) }
        }
        for element in tape.elements(of: node) { collect(element, tape, &personal) }
    }
}

extension HashKeys {
    static let sample = HashKeys(secret: (0..<16).map { UInt8($0) })!
}

extension EventDecoder.Context {
    static let sample = EventDecoder.Context(keys: .sample, rules: SampleRules()) { source in
        source == "urn:shop" ? "customer" : nil
    }
}

/// What a reader made of a text.
struct Outcome: Equatable {
    var batch = DraftBatch()
    var rejected: [RejectedEvent] = []

    var draft: Draft { batch.drafts[0] }
    var personal: PersonalPart { PersonalPart(bytes: Array(batch.arena[draft.personal.range]).span.bytes) }
    var clear: [UInt8] { Array(batch.arena[draft.clear.range]) }
    var clearJSON: String { String(decoding: ClearPart(bytes: clear.span.bytes).json, as: UTF8.self) }
    var refusals: [String] { rejected.map { "\($0.line) \($0.id ?? "-") \($0.refusal.field): \($0.refusal.reason)" } }

    /// - Parameter chunk: how many bytes are pushed at once.
    init(events text: String, chunk: Int = .max, context: EventDecoder.Context = .sample) {
        self.init(events: Array(text.utf8), chunk: chunk, context: context)
    }

    init(events bytes: [UInt8], chunk: Int = .max, context: EventDecoder.Context = .sample) {
        var reader = EventReader(decoder: EventDecoder(context: context))
        for piece in pieces(of: bytes, chunk) { reader.push(piece, into: &batch, rejected: &rejected) }
        reader.finish(into: &batch, rejected: &rejected)
    }
}

func pieces(of bytes: [UInt8], _ size: Int) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: min(size, max(1, bytes.count))).map {
        Array(bytes[$0..<min(bytes.count, $0 + min(size, bytes.count))])
    }
}

/// One event as JSON: good by itself, with members of the caller's beside or instead.
func event(_ members: String = "", type: String = "order.paid", id: String = "1") -> String {
    let base = #"{"specversion":"1.0","id":"\#(id)","source":"urn:shop","type":"\#(type)""#
    return base + (members.isEmpty ? "" : ",") + members + "}"
}
