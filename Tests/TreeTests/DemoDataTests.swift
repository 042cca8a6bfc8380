import Foundation
import Testing
import Touchpoints

@testable import Ingest
@testable import Policies

/// The files of ours that say how the demo reads the published data.
struct DemoDataTests {
    @Test(arguments: ["cdnow", "clickstream"])
    func `a mapping can be read`(name: String) throws {
        let mapping = try CSVMapping(yaml: SourceTree.text("tools/data/\(name).yaml"))
        #expect(Set(mapping.attributes.map(\.target)).isSuperset(of: ["source", "type", "subject", "time"]))
    }

    @Test func `the schema of requests of an access log takes them, and leaves path and status in clear`() throws {
        var registry = SchemaRegistry()
        try registry.activate(
            type: "request.served", version: 1, json: SourceTree.text("tools/data/request.served.json"))
        let keys = try #require(HashKeys(secret: Array(repeating: 7, count: 16)))
        let context = EventDecoder.Context(keys: keys, rules: registry) { _ in nil }
        var reader = AccessLogReader(decoder: EventDecoder(context: context), policy: Policy.default.accessLog)
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        reader.push(
            Array(try SourceTree.text("Tests/Fixtures/access-log/site.log").utf8), into: &batch, rejected: &rejected)
        #expect(batch.count == 10)
        let asset = ClearPart(bytes: Array(batch.arena[batch.drafts[1].clear.range]).span.bytes)
        let clear = #"{"bytes":512,"path":"/main.css","referrerHost":"shop.example","status":200}"#
        #expect(String(decoding: asset.json, as: UTF8.self) == clear)
    }

    @Test func `the policy is valid, and knows every type of the clickstream`() throws {
        let policy = try Policy(yaml: SourceTree.text("tools/data/policy.yaml"))
        let types = policy.journey.phases.flatMap(\.types)
        #expect(types.count == 20)
        #expect(Set(types).count == 20)
    }
}
