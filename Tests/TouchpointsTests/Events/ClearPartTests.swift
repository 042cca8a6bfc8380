import Testing

@testable import Touchpoints

struct ClearPartTests {
    private static func part(_ json: String) -> [UInt8] {
        var bytes: [UInt8] = []
        ClearPart.append(.sessionid, "s-1".utf8, to: &bytes)
        ClearPart.append(.campaign, String(repeating: "c", count: 300).utf8, to: &bytes)
        ClearPart.append(.dataIsBase64, [], to: &bytes)
        ClearPart.endAttributes(of: &bytes)
        return bytes + Array(json.utf8)
    }

    @Test func `attributes and data are read as they were written`() {
        let bytes = Self.part(#"{"score":7}"#)
        let part = ClearPart(bytes: bytes.span.bytes)
        let (session, campaign) = (part.attribute(.sessionid), part.attribute(.campaign))
        let (order, base64) = (part.attribute(.orderid), part.attribute(.dataIsBase64))
        let (score, json) = (part.data.integer("score"), part.json)
        #expect(session == "s-1")
        #expect(campaign?.utf8.count == 300)
        #expect(order == nil)
        #expect(base64 == "")
        #expect(score == 7)
        #expect(json == Array(#"{"score":7}"#.utf8))
    }

    @Test func `an event shows its clear data and attributes`() {
        let bytes = Self.part(#"{"role":"agent"}"#)
        let header = [UInt8](repeating: 0, count: EventHeader.byteCount)
        let event = EventView(position: Position(1), header: header.span.bytes, clear: bytes.span.bytes)
        let (isAgent, session) = (event.data.matches("role", "agent"), event.attribute(.sessionid))
        #expect(isAgent)
        #expect(session == "s-1")
    }

    @Test func `without clear data there is none`() {
        let bytes = Self.part("")
        let isEmpty = ClearPart(bytes: bytes.span.bytes).data.isEmpty
        #expect(isEmpty)
    }
}
