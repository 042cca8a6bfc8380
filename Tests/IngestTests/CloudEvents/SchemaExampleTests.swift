import Foundation
import Ingest
import Testing
import Touchpoints

/// The whole events in `Schemas/events/examples`, one for each built-in type.
struct SchemaExampleTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Schemas/events/examples").standardized

    @Test(arguments: EventType.allBuiltIn.compactMap(\.builtInName))
    func `the example of each type is decoded to one event of that type`(type: String) throws {
        let json = try Data(contentsOf: Self.folder.appending(path: type + ".json"))
        let keys = try #require(HashKeys(secret: Array(repeating: 7, count: 16)))
        let context = EventDecoder.Context(keys: keys, rules: SchemaRegistry(), isEngine: true) { _ in nil }
        var reader = EventReader(decoder: EventDecoder(context: context))
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        reader.push(Array(json), into: &batch, rejected: &rejected)
        reader.finish(into: &batch, rejected: &rejected)
        #expect(rejected.isEmpty)
        #expect(batch.drafts.map(\.type.builtInName) == [type])
        #expect(batch.drafts.allSatisfy { $0.source.count > 0 })
    }
}
