import Testing
import Touchpoints

@testable import Ingest

/// Bodies that nobody would send.
struct SegmentFuzzTests {
    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "-", "1e999", "\"batch\":", "\"type\":\"track\"",
        "\u{0}",
        "\\ud800", "\"\"", "0.1", "\"userId\":", "\"properties\":{\"total\":", "{\"amount\":\"1\"}", "\n",
        "9223372036854775808",
    ]

    /// Changes, cuts, doubles and inserts some bytes.
    private static func mutated(_ body: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = body
        for _ in 0..<(random.next() % 6 + 1) where !bytes.isEmpty {
            let at = Int(random.next() % UInt64(bytes.count))
            let count = min(Int(random.next() % 40), bytes.count - at)
            switch random.next() % 5 {
            case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes.removeSubrange(at..<at + count)
            case 2: bytes.insert(contentsOf: bytes[at..<at + count], at: at)
            case 3: bytes.insert(contentsOf: pieces[Int(random.next() % UInt64(pieces.count))].utf8, at: at)
            default:
                // Another value for one that is there.
                guard let colon = bytes[at...].firstIndex(of: UInt8(ascii: ":")),
                    let end = bytes[colon...].firstIndex(where: { [0x2C, 0x7D].contains($0) })
                else { continue }
                let piece = pieces[Int(random.next() % UInt64(pieces.count))]
                bytes.replaceSubrange(colon + 1..<end, with: piece.utf8)
            }
        }
        return bytes
    }

    @Test(arguments: ["segment-analytics-python.json", "rudder-sdk-python.json", "e-commerce.ndjson"])
    func `a mutated body gives events and refusals, or says why it cannot be read`(name: String) throws {
        let whole = try Golden.bytes("segment/\(name)")
        let lines = whole.split(separator: UInt8(ascii: "\n")).map(Array.init)
        let bodies =
            lines.count == 1
            ? lines : lines + [Array("{\"batch\":[".utf8) + lines.joined(separator: ",".utf8) + Array("]}".utf8)]
        var (events, refusals, errors) = (0, 0, 0)
        for seed in 1...(800 / UInt64(bodies.count) + 40) {
            var random = SplitMix(seed)
            for body in bodies {
                let bytes = Self.mutated(body, &random)
                let call = bytes.starts(with: "{\"batch\"".utf8) || lines.count == 1 ? SegmentCall.batch : .track
                do {
                    let outcome = try Outcome(segment: bytes, as: call)
                    events += outcome.batch.count
                    refusals += outcome.rejected.count
                    for rejected in outcome.rejected {
                        #expect(!rejected.refusal.reason.isEmpty)
                        #expect(!rejected.refusal.field.hasPrefix("data."), "\(rejected.refusal.field)")
                    }
                    for draft in outcome.batch.drafts { #expect(outcome.batch.arena.count >= draft.extent.upperBound) }
                } catch {
                    #expect(error is SegmentBodyError)
                    errors += 1
                }
            }
        }
        // All three kinds of end were met.
        #expect(events > 100)
        #expect(refusals > 100)
        #expect(errors > 100)
    }
}
