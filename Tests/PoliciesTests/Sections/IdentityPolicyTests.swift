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

    @Test func `a source without a kind gives its own`() throws {
        let identity = try Policy(yaml: "identity: {sources: {shop: member}}").identity
        #expect(identity.kind(ofSource: "shop") == "member")
        #expect(identity.kind(ofSource: "calls") == "id@calls")
        #expect(identity.kind(ofSource: "urn:calls:7") == "id@urn%3Acalls%3A7")
    }
}
