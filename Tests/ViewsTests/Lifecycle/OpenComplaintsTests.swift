import Projections
@testable import Simulation
import Testing
import Touchpoints

@testable import Views

@Suite struct OpenComplaintsTests {
    /// Events as `raised`, `resolved` or `reopened`, and perhaps the case.
    static func complaints(_ lines: [String]) throws -> OpenComplaints {
        var complaints = OpenComplaints()
        for line in lines {
            let words = line.split(separator: " ")
            var clear: [UInt8] = []
            if words.count > 1 { ClearPart.append(.caseid, Array(words[1].utf8), to: &clear) }
            ClearPart.endAttributes(of: &clear)
            try SketchedEvent(
                try #require(EventType(builtIn: "complaint.\(words[0])")), at: "2024-01-01T00:00:00Z", clear: clear
            ).withView { complaints.take($0) }
        }
        return complaints
    }

    @Test(arguments: [
        ([], 0), (["raised"], 1), (["raised", "raised", "resolved"], 1), (["resolved", "raised"], 1),
        (["raised a", "raised a"], 1), (["raised b", "raised a", "resolved b"], 1), (["raised a", "resolved b"], 1),
        (["raised a", "resolved a", "reopened a"], 1), (["raised a", "resolved a", "resolved a"], 0),
        (["raised a", "raised", "resolved", "resolved"], 1),
    ])
    func `what was raised is open until it is resolved`(lines: [String], count: Int) throws {
        let complaints = try Self.complaints(lines)
        #expect(complaints.count == count)
        var writer = ByteWriter()
        complaints.encode(into: &writer)
        var reader = ByteReader(writer.bytes.span.bytes)
        #expect(try OpenComplaints(from: &reader) == complaints)
    }
}
