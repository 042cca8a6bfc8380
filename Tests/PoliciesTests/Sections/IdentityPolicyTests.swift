import Policies
import Testing

@Suite struct IdentityPolicyTests {
    @Test func `kinds that are not named come last and are exclusive`() {
        let identity = Policy.default.identity
        #expect(identity.scope(of: "cookie") == .shared)
        #expect(identity.scope(of: "member") == .exclusive)
        #expect(identity.scope(of: "anything") == .exclusive)
        #expect(identity.rank(of: "member") == 0)
        #expect(identity.rank(of: "anything") == identity.kinds.count)
    }

    @Test(arguments: [
        "anonymous", "ANONYMOUS", "Null", "(not set)", "n/a", "N/A", "-1", "[object Object]", "[OBJECT OBJECT]", "0",
        "0000", "00000000-0000-0000-0000-000000000000", "-", " ", "\t 0", "\u{A0}", "\u{3000}0", "",
    ])
    func `values that are nobody's are blocked, whatever the case`(value: String) {
        #expect(Policy.default.identity.isBlocked(value))
    }

    @Test(arguments: [
        "1", "test", "10", "007", "anonymous1", " null", "anonymou\u{17F}", "\u{F1}an", "Nancy", "guest@example.com",
        "0\u{E9}", "00000000-0000-0000-0000-000000000001", String(repeating: "x", count: 1024),
    ])
    func `values that somebody can have are not blocked`(value: String) {
        #expect(!Policy.default.identity.isBlocked(value))
    }

    @Test func `a list of one's own replaces the default one, but zeros stay nobody's`() throws {
        var identity = try Policy(yaml: "identity: {blockedValues: [Nobody]}").identity
        #expect(identity.isBlocked("nobody") && identity.isBlocked("000"))
        #expect(!identity.isBlocked("anonymous"))
        identity.blockedValues = []
        #expect(!identity.isBlocked("nobody"))
        #expect(try identity == Policy(yaml: "identity: {blockedValues: []}").identity)
    }

    @Test func `a source without a kind gives its own`() throws {
        let identity = try Policy(yaml: "identity: {sources: {shop: member}}").identity
        #expect(identity.kind(ofSource: "shop") == "member")
        #expect(identity.kind(ofSource: "calls") == "id@calls")
        #expect(identity.kind(ofSource: "urn:calls:7") == "id@urn%3Acalls%3A7")
    }
}
