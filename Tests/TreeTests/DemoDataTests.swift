import Foundation
import Testing

@testable import Ingest
@testable import Policies

/// The files of ours that say how the demo reads the published data.
struct DemoDataTests {
    @Test(arguments: ["cdnow", "clickstream"])
    func `a mapping can be read`(name: String) throws {
        let mapping = try CSVMapping(yaml: SourceTree.text("tools/data/\(name).yaml"))
        #expect(Set(mapping.attributes.map(\.target)).isSuperset(of: ["source", "type", "subject", "time"]))
    }

    @Test func `the policy is valid, and knows every type of the clickstream`() throws {
        let policy = try Policy(yaml: SourceTree.text("tools/data/policy.yaml"))
        let types = policy.journey.phases.flatMap(\.types)
        #expect(types.count == 20)
        #expect(Set(types).count == 20)
    }
}
