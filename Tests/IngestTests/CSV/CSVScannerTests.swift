import Testing

@testable import Ingest

struct CSVScannerTests {
    /// `line|field|field`, or `line!fault`.
    private func scan(_ text: String, _ separator: CSVScanner.Separator = .byte(0x2C), chunk: Int = .max) throws
        -> [String]
    {
        var scanner = CSVScanner(separator: separator)
        var records: [String] = []
        func note(_ record: CSVRecord) {
            let fields = (0..<record.count).map { "|" + String(decoding: record[$0], as: UTF8.self) }
            records.append("\(record.line)" + (record.fault.map { "!" + $0 } ?? fields.joined()))
        }
        for piece in pieces(of: Array(text.utf8), chunk) { try scanner.push(piece, note) }
        try scanner.finish(note)
        return records
    }

    @Test(arguments: [
        ("a,b\n1,2", ["1|a|b", "2|1|2"]), ("a,b\r\n1,2\r\n", ["1|a|b", "2|1|2"]), ("\u{FEFF}a,b", ["1|a|b"]),
        ("\"a,\"\"x\"\"\nb\",c\r\nd,e", ["1|a,\"x\"\nb|c", "3|d|e"]), (",", ["1||"]), ("\"\",\"\"\r\n", ["1||"]),
        ("a,\r\n,b", ["1|a|", "2||b"]), ("\n\n\na\n\n", ["4|a"]), ("", []), ("a b,c", ["1|a b|c"]),
        ("é,\"ü\"", ["1|é|ü"]),
    ])
    func `records of RFC 4180 are cut into fields`(text: String, expected: [String]) throws {
        #expect(try scan(text) == expected)
        for chunk in 1...4 { #expect(try scan(text, chunk: chunk) == expected) }
    }

    @Test(arguments: [
        ("a\"b,c\nd,e", ["1!a quote inside a field that does not begin with one", "2|d|e"]),
        ("\"a\"b,c\nd,e", ["1!something stands behind a quoted field", "2|d|e"]),
        ("d,e\n\"a,b\nc", ["1|d|e", "2!a quoted field is not closed"]),
    ])
    func `a damaged record says why and the next is read`(text: String, expected: [String]) throws {
        #expect(try scan(text) == expected)
    }

    @Test func `other delimiters are possible`() throws {
        #expect(try scan("a;b,c", .byte(UInt8(ascii: ";"))) == ["1|a|b,c"])
        #expect(try scan("a\tb", .byte(9)) == ["1|a|b"])
    }

    @Test(arguments: [1, 3, .max])
    func `padded words are fields`(chunk: Int) throws {
        let text = " customer_id  date\r\n 00001 19970101  1   11.77\r\n\r\nx\ty \n"
        let expected = ["1|customer_id|date", "2|00001|19970101|1|11.77", "4|x|y"]
        #expect(try scan(text, .whitespace, chunk: chunk) == expected)
    }

    @Test func `an endless record is refused and the next is read`() throws {
        let text = String(repeating: "x", count: 1 << 21) + "\na,b"
        #expect(try scan(text) == ["1!the record is longer than 1048576 bytes", "2|a|b"])
    }
}
