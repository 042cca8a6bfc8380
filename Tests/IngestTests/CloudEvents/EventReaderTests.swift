import Testing
import Touchpoints

@testable import Ingest

struct EventReaderTests {
    private static let lines =
        "\u{FEFF}\n" + event(#""data":{"total":{"amount":"1.00","currency":"EUR"}}"#, id: "a") + "\r\n\n{broken\n"
        + event(id: "é") + "\n" + event(type: "clock.ticked", id: "c") + "\n" + event(id: "last")
    private static let array =
        " [ " + event(#""data":{"text":"],[{\"}"}"#, id: "a") + " ,\n 7, " + event(id: "b") + "," + #"{"id":"c"}"#
        + " ]\n"
    private static let document =
        event(#""data":{"deep":[{"a":1},{"b":2}]}"#).replacing(",", with: ",\n ").replacing("{", with: "{\n")

    @Test func `lines are events and each is refused for itself`() {
        let outcome = Outcome(events: Self.lines)
        #expect(outcome.batch.drafts.map(\.line) == [2, 5, 7])
        #expect(
            outcome.refusals == [
                "4 - : unexpected 'b' at byte 1", "6 c type: clock.ticked is recorded by the engine only",
            ])
        #expect(outcome.rejected[0].raw == Array("{broken".utf8))
    }

    @Test func `the elements of an array are events`() {
        let outcome = Outcome(events: Self.array)
        #expect(outcome.batch.drafts.map(\.line) == [1, 3])
        #expect(
            outcome.refusals == [
                "2 - : expected a JSON object with the attributes of one event", "4 c specversion: is missing",
            ])
    }

    @Test func `one event may be written over many lines`() {
        let outcome = Outcome(events: Self.document)
        #expect(outcome.refusals == [])
        #expect(outcome.batch.count == 1)
    }

    @Test(
        arguments: [
            ("", 0, []), ("  \n ", 0, []), ("[]", 0, []), (" [ ] ", 0, []),
            ("[" + event(), 1, ["2 - : the array of events is not closed"]),
            ("[" + event() + ",]", 1, ["2 - : the JSON text ends too early at byte 0"]),
            ("[" + event() + "] x", 1, ["2 - : something stands behind the array of events"]),
            (
                "[" + event() + #",{"a":"b]"#, 1,
                ["2 - : the JSON text ends too early at byte 8", "3 - : the array of events is not closed"]
            ),
            ("{\"id\":\n" + event(), 1, ["1 - : the JSON text ends too early at byte 6"]),
            (
                "{\"id\"\n\n\n{}\n" + event(), 1,
                ["1 - : the JSON text ends too early at byte 5", "4 - specversion: is missing"]
            ),
            (event() + event(), 0, ["1 - : something stands behind the JSON value at byte 70"]),
        ] as [(String, Int, [String])])
    func `a stream that is cut or damaged loses no more than it must`(text: String, good: Int, refused: [String]) {
        let outcome = Outcome(events: text)
        #expect(outcome.batch.count == good)
        #expect(outcome.refusals == refused)
    }

    /// What a file begins with before good lines, what of it is good, and what is refused.
    private static let beginnings: [(String, Int, [String])] = [
        ("[]", 0, []), ("[1,2]", 0, ["1 \(notAnObject)", "2 \(notAnObject)"]),
        ("[1,2", 0, ["1 \(notAnObject)", "2 \(notAnObject)", "3 \(notClosed)"]),
        ("[", 0, ["2 \(notClosed)"]), ("{", 0, ["1 - : the JSON text ends too early at byte 1"]),
        ("{}", 0, ["1 - specversion: is missing"]), ("7", 0, ["1 \(notAnObject)"]),
        ("}", 0, ["1 - : unexpected '}' at byte 0"]),
        (#"{"specversion":"1.0","#, 0, ["1 - : the JSON text ends too early at byte 21"]),
        (#"{"specversion":"1.0","data":"#, 0, ["1 - : the JSON text ends too early at byte 28"]),
        (#"{"specversion":"1.0","data":[{"a":1},"#, 0, ["1 - : the JSON text ends too early at byte 37"]),
        (#"{"specversion":"1."#, 0, ["1 - : the JSON text ends too early at byte 18"]),
        ("{\"a\":\n\"b\",\n", 0, ["1 - : the JSON text ends too early at byte 10"]),
        ("[" + event(id: "a") + "," + event(id: "b"), 2, ["3 \(notClosed)"]),
        ("[" + event(id: "a") + ",\n" + event(id: "b") + "\n" + event(id: "c"), 3, ["3 \(notClosed)"]),
        ("[\(event(id: "a"))]\n[\(event(id: "b")),{}]\n[]", 2, ["2 - specversion: is missing"]),
        (
            "[\(event(id: "a"))]\n\(event(id: "b"))\n[\(event(id: "c")), 5]\n[6]", 3,
            ["3 \(notAnObject)", "4 \(notAnObject)"]
        ),
        ("{}\n[\(event(id: "a")),\(event(id: "b"))", 1, ["1 - specversion: is missing", "2 \(notClosed)"]),
        ("[\n\(event(id: "a"))\n,\n\(event(id: "b"))\n]", 2, []),
        ("[]\n[\n\(event(id: "a")),\n5\n]", 1, ["4 \(notAnObject)"]), (document, 1, []),
    ]
    private static let notAnObject = "- : expected a JSON object with the attributes of one event"
    private static let notClosed = "- : the array of events is not closed"

    @Test(arguments: beginnings)
    func `whatever a file begins with, the good lines behind go in`(
        beginning: String, good: Int, refused: [String]
    ) {
        for behind in [1, 2, 5] {
            let lines = (0..<behind).map { event(#""data":{"n":[{},{}]}"#, id: "line\($0)") }
            let text = beginning + "\n" + lines.joined(separator: "\n") + "\n"
            let outcome = Outcome(events: text)
            #expect(outcome.batch.count == good + behind)
            #expect(outcome.refusals == refused)
            let last = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            // A first line behind an open bracket is an element, and has an ordinal for its line.
            if behind > 1 { #expect(outcome.batch.drafts.last?.line == UInt64(last)) }
            #expect(Outcome(events: text, chunk: 1) == outcome)
            #expect(Outcome(events: text, chunk: 13) == outcome)
        }
    }

    @Test func `what follows an array that is never closed is taken beyond the limit too`() {
        let lines = (0..<20_000).map { event(id: "\($0)") }
        let outcome = Outcome(events: "[1,\n" + lines.joined(separator: "\n"), chunk: 1 << 16)
        #expect(outcome.batch.count == 20_000)
        #expect(outcome.rejected.count == 2)
    }

    @Test(arguments: [1, 2, 3, 5, 7, 16, 61, 1000])
    func `chunks may be cut anywhere`(size: Int) {
        for text in [Self.lines, Self.array, Self.document] {
            #expect(Outcome(events: text, chunk: size) == Outcome(events: text))
        }
    }

    @Test(arguments: [1 << 16, .max])
    func `an endless line is refused and the next is read`(chunk: Int) {
        let endless = "{\"id\":\"" + String(repeating: "x", count: 1 << 21) + "\"}"
        for text in [event() + "\n" + endless + "\n" + event(id: "2"), "[\(event()),\(endless),\(event(id: "2"))]"] {
            let outcome = Outcome(events: text, chunk: chunk)
            #expect(outcome.batch.count == 2)
            #expect(outcome.refusals == ["2 - : the event is longer than 1048576 bytes"])
            #expect(outcome.rejected[0].raw.count == 1 << 20)
        }
    }
}
