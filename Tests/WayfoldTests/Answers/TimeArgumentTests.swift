import Projections
import Testing
import Touchpoints
import Wayfold

@Suite struct TimeArgumentTests {
    let clock = try! Timestamp(rfc3339: "1998-06-30T12:00:00Z")

    @Test func `a time stands for itself`() throws {
        let time = try TimeArgument("1998-06-30T02:00:00+02:00").upperBound(in: .utc, clock: clock)
        #expect(time == (try Timestamp(rfc3339: "1998-06-30T00:00:00Z")))
    }

    @Test func `a date is its last microsecond`() throws {
        let time = try TimeArgument("1998-06-29").upperBound(in: .utc, clock: clock)
        #expect(time == (try Timestamp(rfc3339: "1998-06-29T23:59:59.999999Z")))
    }

    @Test func `the clock's own day ends at the clock`() throws {
        #expect(try TimeArgument("1998-06-30").upperBound(in: .utc, clock: clock) == clock)
    }

    @Test func `a date behind the clock is not clamped`() throws {
        #expect(try TimeArgument("1998-07-01").upperBound(in: .utc, clock: clock) > clock)
    }

    @Test(arguments: ["yesterday", "1998-02-30", "1998-06-30T00:00:00", "1998-6-3", ""])
    func `anything else is refused`(text: String) {
        #expect(throws: QueryError.self) { try TimeArgument(text) }
    }
}
