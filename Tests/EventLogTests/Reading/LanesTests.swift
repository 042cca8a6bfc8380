import Testing

@testable import EventLog

struct LanesTests {
    @Test(arguments: [1, 2, 7]) func `each piece is taken once, and results keep the order of the pieces`(lanes: Int)
        throws
    {
        var taken = Array(repeating: [Int](), count: lanes)
        let results = try Lanes.run(Array(0..<100), &taken) { piece, taken in
            taken.append(piece)
            return piece * piece
        }
        #expect(results == (0..<100).map { $0 * $0 })
        #expect(taken.flatMap { $0 }.sorted() == Array(0..<100))
        for lane in taken { #expect(lane == lane.sorted()) }
    }

    @Test(arguments: [1, 3]) func `what a piece throws is thrown`(lanes: Int) {
        struct Failed: Error {}
        var states: [Void] = Array(repeating: (), count: lanes)
        #expect(throws: Failed.self) {
            try Lanes.run(Array(0..<20), &states) { piece, _ in if piece == 11 { throw Failed() } }
        }
    }

    @Test func `there is a core to run on`() { #expect(Lanes.coreCount >= 1) }
}
