import Testing
import Touchpoints

@testable import Service

struct KeptPageTests {
    @Test func `a page is made again when it is old and the log has gone on, or when a newer one is asked for`() throws
    {
        let kept = KeptPage()
        var (made, now) = (0, ContinuousClock.now)
        func ask(_ position: UInt64, after seconds: Int, notBefore least: UInt64 = 0, takes: Int = 0) throws -> String {
            now += .seconds(seconds)
            return try kept.page("\(position)", notBefore: Position(least), now: { now }) {
                made += 1
                now += .seconds(takes)
                return KeptPage.Page(html: "\(position)", position: Position(position))
            }.html
        }
        #expect(try ask(1, after: 0) == "1")
        #expect(try ask(1, after: 1_000) == "1" && made == 1)
        #expect(try ask(2, after: 0) == "2" && made == 2)
        #expect(try ask(3, after: 4) == "2" && made == 2)
        #expect(try ask(3, after: 0, notBefore: 3) == "3" && made == 3)
        #expect(try ask(4, after: 6, takes: 3) == "4" && made == 4)
        #expect(try ask(5, after: 29) == "4" && made == 4)
        #expect(try ask(5, after: 2) == "5" && made == 5)
    }

    @Test func `what cannot be made is not kept`() {
        struct Failed: Error {}
        let kept = KeptPage()
        #expect(throws: Failed.self) { try kept.page("1", notBefore: .start) { throw Failed() } }
        #expect(throws: Never.self) {
            try kept.page("1", notBefore: .start) { KeptPage.Page(html: "", position: .start) }
        }
    }
}
