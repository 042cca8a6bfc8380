import Testing

@testable import Ingest

struct AgentPatternsTests {
    @Test(
        arguments: [
            ("Googlebot/2.1", true), ("bo", false), ("", false), ("BOT", true), ("bobot", true), ("b o t", false),
            ("x curl/8", true), ("curl", false), ("[OT", false), ("bó bot", true),
        ])
    func `a piece may stand anywhere, in letters of either size`(agent: String, isKnown: Bool) {
        #expect(AgentPatterns(["curl/", "bot"]).contain(Array(agent.utf8)) == isKnown)
        #expect(!AgentPatterns([]).contain(Array(agent.utf8)))
    }
}
