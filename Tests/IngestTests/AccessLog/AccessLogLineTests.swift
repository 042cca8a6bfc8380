import Testing
import Touchpoints

@testable import Ingest

struct AccessLogLineTests {
    private static let head = #"192.0.2.7 - - [10/Oct/2025:13:55:36 +0200] "#
    private static let tail = #" 200 23 "-" "-""#

    private static func line(_ text: String) throws(Refusal) -> AccessLogLine {
        try AccessLogLine(Array(text.utf8)[...])
    }

    @Test func `all fields of the combined format are read`() throws {
        let line = try Self.line(
            #"2001:db8::7 - ada [10/Oct/2025:13:55:36 -0330] "GET /a HTTP/1.1" 304 - "https://x.example/" "A \"b\"" 0.1 "c d" -"#
        )
        #expect(line.address == Array("2001:db8::7".utf8))
        #expect(line.user == Array("ada".utf8))
        #expect(try line.instant().description == "2025-10-10T17:25:36Z")
        #expect(line.request == Array("GET /a HTTP/1.1".utf8))
        #expect(line.status == 304)
        #expect(line.byteCount == nil)
        #expect(line.referrer == Array("https://x.example/".utf8))
        #expect(line.agent == Array(#"A "b""#.utf8))
        #expect(line.others == [Array("0.1".utf8), Array("c d".utf8), nil])
    }

    @Test(
        arguments: [
            (#"a\"b"#, #"a"b"#), (#"\\"#, #"\"#), (#"\x41\x7a"#, "Az"), (#"\x4"#, #"\x4"#), (#"\xzz"#, #"\xzz"#),
            (#"\n\t\r\b\v\f"#, "\n\t\r\u{8}\u{B}\u{C}"), (#"\q"#, #"\q"#), (#"\xc3\xa9"#, "é"), ("é", "é"),
        ])
    func `escapes are those of Apache and nginx`(written: String, text: String) throws {
        #expect(try Self.line(Self.head + "\"\(written)\"" + Self.tail).request == Array(text.utf8))
    }

    @Test(
        arguments: [
            ("", "address: is missing: the line ends before it"),
            ("x", "identity: is missing: the line ends before it"),
            ("x - -", "time: expected [ before it, found the end of the line"),
            ("x - - 1 2", "time: expected [ before it, found something else"),
            ("x - - [10/Oct/2025", "time: has no closing bracket"),
            (head + "GET", "request: expected \" before it, found something else"),
            (head + "\"GET", "request: has no closing quote"), (head + #""GET\""#, "request: has no closing quote"),
            (head + #""GET\"#, "request: has no closing quote"),
            (head + #""-""#, "status: is missing: the line ends before it"),
            (head + #""-" OK"#, "status: expected a number from 100 to 599"),
            (head + #""-" 600"#, "status: expected a number from 100 to 599"),
            (head + #""-" 0200"#, "status: expected a number from 100 to 599"),
            (head + #""-" 200 many"#, "bytes: expected a number"),
            (head + #""-" 200 -5.5"#, "bytes: expected a number"),
            (head + #""-" 200 5 "-""#, "agent: expected \" before it, found the end of the line"),
            (head + #""-" 200 5 "-" "-" "x"#, "the field behind the agent: has no closing quote"),
        ])
    func `a line of another form is refused with the field`(text: String, refusal: String) {
        let error = #expect(throws: Refusal.self) { try Self.line(text) }
        #expect(error.map { "\($0.field): \($0.reason)" } == refusal)
    }

    @Test(
        arguments: [
            ("10/Oct/2025:13:55:36 +0200", "2025-10-10T11:55:36Z"),
            ("01/Jan/1970:00:00:00 +0000", "1970-01-01T00:00:00Z"),
            ("29/Feb/2024:23:59:59 -1200", "2024-03-01T11:59:59Z"), ("31/Feb/2025:13:55:36 +0200", nil),
            ("10/Okt/2025:13:55:36 +0200", nil), ("10/Oct/2025:24:55:36 +0200", nil),
            ("2025-10-10T13:55:36+02:00", nil),
            ("", nil), ("10/Oct/2025 13:55:36 +0200", nil), ("////////////////////:: +00", nil),
            ("10/Oct/2025:13:55:36 +02é", nil),
        ] as [(String, String?)])
    func `times are read as servers write them`(text: String, time: String?) throws {
        let line = try Self.line("x - - [\(text)] \"-\"" + Self.tail)
        if let time {
            #expect(try line.instant().description == time)
        } else {
            let error = #expect(throws: Refusal.self) { try line.instant() }
            #expect(error?.field == "time")
        }
    }
}
