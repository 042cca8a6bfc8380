import Foundation
import Testing
import Touchpoints

struct ExampleTillTests {
    @Test func `the till of the manual stores once, and knows the points`() async throws {
        let path = NSTemporaryDirectory() + "wayfold-till-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        // A worker that folds nothing: the tests are no program that could.
        let idle = #"while read line; do echo "done 1"; [ "$line" = finish ] && exit 0; done"#
        let till = try await Till(at: path, worker: ["/bin/bash", "-c", idle, "worker"])
        let line =
            #"{"specversion":"1.0","id":"1","source":"till","type":"order.paid","subject":"member:7","#
            + #""time":"2026-03-01T09:00:00Z","data":{"total":{"amount":"12.00","currency":"EUR"}}}"# + "\n"
        #expect(try await till.store(line) == [.stored(Position(2))])
        #expect(try await till.store(line) == [.duplicate(Position(2))])
        #expect(try await till.points(of: "member:7") == 12)
        await #expect(throws: (any Error).self) { try await till.store("{}\n") }
        try await till.close()
    }

    @Test func `the till of the manual is the one that is compiled here`() throws {
        let manual = try SourceTree.text("README.md")
        let example = try SourceTree.text("Tests/TreeTests/ExampleTill.swift")
        #expect(manual.contains("```swift\n" + example + "```"))
    }
}
