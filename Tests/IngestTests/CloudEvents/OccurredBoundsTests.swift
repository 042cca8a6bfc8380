import Testing
import Touchpoints

@testable import Ingest

struct OccurredBoundsTests {
    private let now = Timestamp(microseconds: 1_000_000_000)

    private func draft(at time: Timestamp) -> Draft {
        var draft = Draft()
        draft.occurred = time
        return draft
    }

    @Test func `times up to ten minutes ahead are taken`() throws {
        try OccurredBounds().check(draft(at: now + .minutes(10)), now: now)
        let error = #expect(throws: Refusal.self) {
            try OccurredBounds().check(draft(at: now + .minutes(10) + Elapsed(microseconds: 1)), now: now)
        }
        #expect(error?.field == "time")
    }

    @Test func `times before the earliest are refused`() throws {
        try OccurredBounds().check(draft(at: .epoch), now: now)
        #expect(throws: Refusal.self) {
            try OccurredBounds().check(draft(at: Timestamp(microseconds: -1)), now: now)
        }
    }

    @Test func `a time that we supply is not checked`() throws {
        var draft = draft(at: .distantFuture)
        draft.flags = .timeSupplied
        try OccurredBounds().check(draft, now: now)
    }
}
