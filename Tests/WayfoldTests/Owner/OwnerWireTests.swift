import Digests
import EventLog
import Projections
import Testing
import Touchpoints

@testable import Wayfold

struct OwnerWireTests {
    private static let batch = Sample.drafts(
        Sample.event("a") + Sample.event("b", more: #""channel":"web","orderid":"o","foo":"bar","#, data: #"{"x":[1]}"#)
    )

    private static var requests: [OwnerRequest] {
        var settings = AppendSettings()
        settings.isClockOccurred = true
        settings.actor = "user:\u{e9}\u{1F600}"
        settings.expected = [
            1: ExpectedPosition(last: .start), 0: ExpectedPosition(last: Position(7), notAfter: .distantPast),
        ]
        var others = AppendSettings()
        (others.isBackfill, others.isFirst, others.isStrict, others.actor) = (true, true, true, "")
        return [
            .append(batch, settings), .append(DraftBatch(), others),
            .rebuild([]), .rebuild(["rfm", "loyalty"]),
        ]
    }

    private static var replies: [OwnerReply] {
        let digest = Digest256(String(repeating: "0f", count: 32))!
        return [
            .verdicts([]),
            .verdicts([
                .stored(Position(7)), .duplicate(Position(1)), .conflict(Position(3), differing: ["type", "data.x"]),
                .conflict(Position(3), differing: []), .refused(Refusal(field: "time", reason: "is old")),
                .outdated(last: .start), .outdated(last: Position(9)), .withheld,
            ]),
            .rebuilt([
                RebuildOutcome(view: "rfm", generation: 3, position: Position(9), digest: digest, comparison: .same)
            ]),
        ] + OwnerFailure.Kind.allCases.map { .failed(OwnerFailure("words\nfor people", $0)) }
    }

    @Test func `requests survive the wire`() throws {
        for request in Self.requests { #expect(try OwnerRequest(request.encode()) == request) }
    }

    @Test func `replies survive the wire`() throws {
        for reply in Self.replies { #expect(try OwnerReply(reply.encode()) == reply) }
    }

    @Test func `a message that is cut short is refused`() {
        for bytes in Self.requests.map({ $0.encode() }) {
            for count in bytes.indices {
                #expect(throws: (any Error).self) { try OwnerRequest(Array(bytes[..<count])) }
            }
        }
        for bytes in Self.replies.map({ $0.encode() }) {
            for count in bytes.indices { #expect(throws: (any Error).self) { try OwnerReply(Array(bytes[..<count])) } }
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `hostile bytes are refused or read, and never trap`(seed: UInt64) {
        var dice = SeededGenerator(seed: seed)
        for message in Self.requests.map({ $0.encode() }) + Self.replies.map({ $0.encode() }) {
            var bytes = message
            for _ in 0..<Int.random(in: 1...4, using: &dice) {
                bytes[Int.random(in: bytes.indices, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
            }
            if case .append(let batch, _) = try? OwnerRequest(bytes) { #expect(batch.isSound) }
            _ = try? OwnerReply(bytes)
        }
    }

    @Test func `a draft that points outside its batch is refused`() {
        var batch = Self.batch
        batch.drafts[1].personal.count += 1
        #expect(throws: StateError.self) { try OwnerRequest(OwnerRequest.append(batch, AppendSettings()).encode()) }
        batch.drafts[1].personal = Draft.Piece(offset: .max, count: .max)
        #expect(throws: StateError.self) { try OwnerRequest(OwnerRequest.append(batch, AppendSettings()).encode()) }
    }
}
