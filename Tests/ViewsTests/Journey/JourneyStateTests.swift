import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

struct JourneyStateTests {
    @Test func `a state survives its encoding`() throws {
        let events = (0..<40).map { (index: UInt16) in
            SketchedEvent(EventType(rawValue: index % 7 + 1), second: Int64(index) * 400, session: UInt64(index % 3))
        }
        let state = try #require(try JourneySketch(events).states.first)
        var writer = ByteWriter()
        state.encode(into: &writer)
        var reader = ByteReader(writer.bytes.span.bytes)
        let read = try JourneyState(from: &reader)
        #expect(read == state)
        #expect(reader.remaining == 0)
    }

    @Test func `bytes that end early are refused`() throws {
        let state = try #require(
            try JourneySketch([SketchedEvent(.pageViewed, second: 0), SketchedEvent(.orderPaid, second: 5)]).states
                .first)
        var writer = ByteWriter()
        state.encode(into: &writer)
        for count in 0..<writer.bytes.count {
            let bytes = Array(writer.bytes[..<count])
            #expect(throws: StateError.self) {
                var reader = ByteReader(bytes.span.bytes)
                _ = try JourneyState(from: &reader)
            }
        }
    }

    /// Two pasts that differ only before sessions that have ended.
    @Test func `states meet again when the old sessions have ended`() throws {
        let recent: [SketchedEvent] = [
            SketchedEvent(.pageViewed, second: 100_000), SketchedEvent(.cartUpdated, second: 100_010),
            SketchedEvent(.pageViewed, second: 100_020),
        ]
        let old = [SketchedEvent(.cartUpdated, second: 0)]
        let older = [SketchedEvent(.pageViewed, second: 0), SketchedEvent(.cartUpdated, second: 1)]
        #expect(try JourneySketch(old + recent).states == JourneySketch(older + recent).states)
    }
}
