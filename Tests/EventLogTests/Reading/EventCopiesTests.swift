import Testing
import Touchpoints

@testable import EventLog

struct EventCopiesTests {
    @Test(arguments: [0, 1, 63, 64, 65, 339]) func `copies are the events, in whatever order`(count: Int) async throws {
        let scratch = try Scratch()
        let writer = try LogWriter(scratch.folder)
        var id = 0
        for size in [1, 70, 1, 2, 200, 64, 3] {
            try await writer.append(
                (id..<id + size).map { TestEvent(id: $0, occurred: Int64($0), clear: [UInt8($0 & 0xFF), 7]) })
            id += size
        }
        let reader = try LogReader(folder: scratch.folder)
        let range = Position(2)...Position(UInt64(id) - 1)
        let blocks = try reader.openBlocks(range)
        let all = (range.lowerBound.rawValue...range.upperBound.rawValue).map { Position($0) }
        let positions = Array(all.shuffled().prefix(count))
        let copies = EventCopies(blocks, positions)
        #expect(copies.count == count)
        for (index, position) in positions.enumerated() {
            for event in 0..<2 {
                let view = event == 0 ? copies.event(at: index) : blocks.event(at: position)
                #expect(view.position == position)
                #expect(view.occurred == Timestamp(microseconds: Int64(position.rawValue) - 1))
                #expect(view.type == .pageViewed)
                #expect(view.clearBytes.byteCount == 2)
                #expect(view.clearBytes.unsafeLoad(as: UInt8.self) == UInt8((position.rawValue - 1) & 0xFF))
            }
        }
    }
}
