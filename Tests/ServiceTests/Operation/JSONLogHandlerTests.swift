import Foundation
import Logging
import Testing

@testable import Service

@Suite struct JSONLogHandlerTests {
    @Test func `an entry is one line of JSON, whatever is in it`() throws {
        let handler = LineKeeper()
        var logger = Logger(label: "test") { _ in JSONLogHandler(label: "test") { handler.keep($0) } }
        logger[metadataKey: "hb.request.id"] = "7"
        logger.warning("two\nlines \"quoted\"", metadata: ["disk": "full"])
        logger.debug("not told")
        #expect(handler.lines.count == 1)
        let entry = try #require(
            try JSONSerialization.jsonObject(with: Data(handler.lines[0].utf8)) as? [String: String])
        #expect(entry["level"] == "warning")
        #expect(entry["message"] == "two\nlines \"quoted\"")
        #expect(entry["request_id"] == "7")
        #expect(entry["disk"] == "full")
        #expect(handler.lines[0].filter { $0 == "\n" }.count == 1)
    }
}
