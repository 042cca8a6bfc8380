import Projections
import Testing
import Touchpoints
import Wayfold

@Suite struct JSONWriterTests {
    let columns: [Column] = [
        .text("id"), .integer("n"), .decimal("money"), .number("rate"), .time("at"), .day("day"), .flag("is"),
    ]
    let row: Row = [
        .text("1\"\\\n\u{1}é"), .integer(-3), .decimal(units: 1234, scale: 2), .number(0.5),
        .time(Timestamp(microseconds: 1_500_000)), .day(CivilDay(rawValue: 0)), .flag(true),
    ]
    let object = """
        {"id":"1\\"\\\\\\n\\u0001é","n":-3,"money":"12.34","rate":0.5,"at":"1970-01-01T00:00:01.500Z",\
        "day":"1970-01-01","is":true}
        """
    let empty: Row = [.null, .null, .null, .number(.infinity), .null, .null, .null]
    let emptyObject = #"{"id":null,"n":null,"money":null,"rate":null,"at":null,"day":null,"is":null}"#

    @Test func `a line is an object`() throws {
        #expect(try Sample.text(columns, [row, empty], as: .ndjson) == object + "\n" + emptyObject + "\n")
        #expect(try Sample.text(columns, [], as: .ndjson) == "")
    }

    @Test func `an answer is one array`() throws {
        #expect(try Sample.text(columns, [row, empty], as: .json) == "[\n\(object),\n\(emptyObject)\n]\n")
        #expect(try Sample.text(columns, [], as: .json) == "[]\n")
    }
}
