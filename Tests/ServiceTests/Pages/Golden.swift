import Foundation
import Testing

/// Texts held against files of `Tests/Fixtures`. `UPDATE_GOLDEN=1` writes them anew: the difference is then for review.
enum Golden {
    private static let folder = URL(filePath: #filePath).appending(path: "../../../Fixtures").standardizedFileURL

    static func expect(
        _ text: String, _ name: String, location: SourceLocation = #_sourceLocation
    ) throws {
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        let known = lines(try String(contentsOf: file, encoding: .utf8))
        let lines = lines(text)
        let place = zip(known, lines).enumerated().first { $1.0 != $1.1 }
        if let (number, (expected, found)) = place {
            Issue.record("\(name):\(number + 1) is \"\(expected)\", found \"\(found)\"", sourceLocation: location)
        } else {
            #expect(known.count == lines.count, sourceLocation: location)
        }
    }
}
