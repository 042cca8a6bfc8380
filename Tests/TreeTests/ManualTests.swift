import Foundation
import Simulation
import Testing
import Wayfold
import WayfoldTesting

/// README.md against what is there.
struct ManualTests {
    private let manual: String

    init() throws { manual = try SourceTree.text("README.md") }

    /// Its own function, so that a failure does not print the whole manual.
    private func has(_ text: String) -> Bool { manual.contains(text) }

    @Test func `the view of the manual is the one that is compiled here`() throws {
        let file = try SourceTree.text("Tests/TreeTests/ExampleView.swift")
        #expect(has("```swift\n\(file)```"))
    }

    @Test func `the view of the manual keeps the laws`() async throws {
        let events = (1...40).map { number in
            var event = SketchedEvent(
                type: number % 3 == 0 ? .orderPaid : .pageViewed, occurred: .epoch + .hours(Int64(number * number * 3)))
            event.strand = StrandNumber(rawValue: UInt32(number % 2 + 1))
            return event
        }
        #expect(try await checkLaws(of: Activity.self, events: events, seeds: 1...2) == [])
    }

    @Test func `every part of a view that ships is in the manual with its columns`() {
        // A view of one's own needs no place in the manual.
        let parts = Catalogue.standard.parts.filter { has("`\($0.view)/") }
        #expect(parts.count >= 24)
        for part in parts {
            let columns = part.columns.map(\.name).joined(separator: ",")
            #expect(has("| `\(part.view)/\(part.name)` | `\(columns)` |"), "\(part.view)/\(part.name)")
        }
    }

    @Test func `the program says the version that the changes begin with`() throws {
        #expect(try SourceTree.text("CHANGELOG.md").hasPrefix("# Changes\n\n## \(ProgramVersion.text): "))
    }

    @Test func `every command is in the manual`() throws {
        for file in try SourceTree.files(in: "Sources/WayfoldCLI/Commands", ending: "Command.swift") {
            let name = try #require(file.text.firstMatch(of: /commandName: "([a-z]+)"/)?.output.1, "\(file)")
            let folder = file.path.split(separator: "/")[3].lowercased()
            let isGroup = try SourceTree.names(in: "Sources/WayfoldCLI/Commands").contains { $0.lowercased() == name }
            let command = ["policy", "schema", "key"].contains(folder) && !isGroup ? "\(folder) \(name)" : "\(name)"
            #expect(has("`wayfold \(command)"), "wayfold \(command)")
        }
    }
}
