import Policies
import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

struct OpenSessionsTests {
    /// Takes (session, second) one after the other; gives the numbers of the steps of each session that ended.
    private func ended(
        _ touches: [(session: UInt64, second: Int64)], in sessions: inout OpenSessions<UInt16>,
        by rules: SessionRules = SessionRules(.default)
    ) -> [[UInt16]] {
        var ended: [[UInt16]] = []
        for (number, touch) in touches.enumerated() {
            _ = sessions.take(
                UInt16(number), of: .pageViewed, in: touch.session,
                at: Timestamp(rawValue: touch.second * 1_000_000), by: rules
            ) { steps, _ in ended.append(Array(steps)) }
        }
        return ended
    }

    private func open(_ sessions: OpenSessions<UInt16>) -> [[UInt16]] {
        var open: [[UInt16]] = []
        sessions.forEach { steps, _ in open.append(Array(steps)) }
        return open
    }

    @Test func `steps stay with their session, the latest session last`() {
        var sessions = OpenSessions<UInt16>()
        #expect(ended([(1, 0), (2, 1), (3, 2), (1, 3), (3, 4), (3, 5)], in: &sessions).isEmpty)
        #expect(open(sessions) == [[1], [0, 3], [2, 4, 5]])
    }

    @Test func `what is over ends with the next touchpoint, wherever it is`() {
        var sessions = OpenSessions<UInt16>()
        let day: Int64 = 86_400
        #expect(ended([(1, 0), (2, 10 * day), (3, 31 * day)], in: &sessions) == [[0]])
        #expect(open(sessions) == [[1], [2]])
    }

    @Test func `a session by gap behind an older one ends when it is looked for`() {
        var sessions = OpenSessions<UInt16>()
        #expect(ended([(1, 0), (0, 1), (2, 3_600), (0, 3_601)], in: &sessions) == [[1]])
        #expect(open(sessions) == [[0], [2], [3]])
    }

    @Test func `beyond the limit the one silent longest ends`() {
        var sessions = OpenSessions<UInt16>()
        let touches = (0...SessionRules.openLimit).map { (session: UInt64($0 + 1), second: Int64($0)) }
        #expect(ended(touches, in: &sessions) == [[0]])
        #expect(sessions.count == SessionRules.openLimit)
    }

    @Test func `steps beyond those kept are left out and marked`() {
        var sessions = OpenSessions<UInt16>()
        let rules = SessionRules(.default, keptSteps: 2)
        _ = ended([(1, 0), (1, 1), (1, 2), (1, 3)], in: &sessions, by: rules)
        sessions.forEach { steps, isCut in
            #expect(Array(steps) == [0, 1])
            #expect(isCut)
            #expect(Variant.text(of: Variant.label(of: [1, 2], isCut: isCut)) { "\($0.rawValue)" } == "1 > 2 > ...")
        }
    }
}
