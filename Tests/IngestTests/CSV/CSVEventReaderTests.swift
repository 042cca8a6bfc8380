import Foundation
import Testing
import Touchpoints

@testable import Ingest

struct CSVEventReaderTests {
    private static func fixture(_ name: String) throws -> [UInt8] {
        let tests = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
        return Array(try Data(contentsOf: tests.appending(path: "Fixtures/CSV/\(name)")))
    }

    private static func read(
        _ bytes: [UInt8], mapping: String, chunk: Int = .max, zone: ZoneTable = .utc
    ) throws -> Outcome {
        let mapping = try CSVMapping(yaml: mapping)
        var reader = CSVEventReader(mapping: mapping, zone: zone, decoder: EventDecoder(context: .sample))
        var outcome = Outcome(events: "")
        for piece in pieces(of: bytes, chunk) {
            try reader.push(piece, into: &outcome.batch, rejected: &outcome.rejected)
        }
        try reader.finish(into: &outcome.batch, rejected: &outcome.rejected)
        return outcome
    }

    private static func read(fixture name: String, mapping: String, chunk: Int = .max) throws -> Outcome {
        let mapping = String(decoding: try fixture(mapping), as: UTF8.self)
        return try read(try fixture(name), mapping: mapping, chunk: chunk)
    }

    @Test func `CDNOW's purchases become orders, equal ones apart`() throws {
        let outcome = try Self.read(fixture: "cdnow-master.txt", mapping: "cdnow-master.yaml")
        #expect(outcome.refusals == [])
        #expect(outcome.batch.count == 10)
        let draft = outcome.draft
        #expect(draft.type == .orderPaid)
        #expect(outcome.batch.text(draft.aliasKind) + ":" + outcome.batch.text(draft.aliasValue) == "customer:00001")
        #expect(draft.occurred.description == "1997-01-01T00:00:00Z")
        #expect(draft.amount == 1177)
        #expect(draft.currency.code == "USD")
        #expect(draft.line == 2)
        #expect(outcome.clearJSON == #"{"items":1,"total":{"amount":"11.77","currency":"USD"}}"#)
        #expect(Set(outcome.batch.drafts.map(\.identity)).count == 10)
        #expect(outcome.batch.drafts[9].amount == 0)
        #expect(outcome.batch.drafts[9].flags.contains(.hasMoney))
    }

    @Test func `the sample has no header`() throws {
        let outcome = try Self.read(fixture: "cdnow-sample.txt", mapping: "cdnow-sample.yaml")
        #expect(outcome.refusals == [])
        #expect(outcome.batch.count == 5)
        #expect(outcome.batch.text(outcome.draft.aliasValue) == "00004")
        #expect(outcome.draft.amount == 2933)
    }

    @Test func `the clickstream keeps its names, sessions and channels`() throws {
        let outcome = try Self.read(fixture: "clickstream.csv", mapping: "clickstream.yaml")
        #expect(outcome.refusals == [])
        #expect(outcome.batch.count == 7)
        let draft = outcome.draft
        #expect(outcome.batch.text(draft.typeName) == "home")
        #expect(outcome.batch.text(draft.aliasValue) == "user_0000")
        #expect(outcome.batch.text(draft.channel) == "email")
        #expect(draft.occurred.description == "2024-03-13T10:21:14Z")
        #expect(draft.session == HashKeys.sample.session("sess_000001".utf8))
        let data = outcome.personal.rebuild(clear: Array(outcome.clearJSON.utf8))
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"cohort":"2024-01","lifecycle":"returning","platform":"desktop"}"#)
    }

    @Test(arguments: [1, 7, 64])
    func `chunks may be cut anywhere`(size: Int) throws {
        for name in ["cdnow-master.txt", "cdnow-sample.txt", "clickstream.csv"] {
            let mapping = name.replacing(".txt", with: ".yaml").replacing(".csv", with: ".yaml")
            let whole = try Self.read(fixture: name, mapping: mapping)
            #expect(try Self.read(fixture: name, mapping: mapping, chunk: size) == whole)
        }
    }

    private static let mapping = """
        delimiter: ";"
        decimalSeparator: ","
        attributes:
          source: { constant: "urn:shop" }
          type: { column: what, values: { buy: order.paid }, prefix: "shop." }
          subject: { column: who, kind: member }
          time: { column: when, format: yyyy-MM-dd }
          id: nr
        data:
          total: { column: sum, kind: money, currency: EUR }
          deep.count: { column: n, kind: integer }
          deep.rate: { column: rate, kind: number }
          deep.er.known: { column: flag, kind: boolean }
        """
    private static let header = "nr;what;who;when;sum;n;rate;flag;unused\n"

    private static func row(_ row: String) throws -> Outcome {
        try read(Array((header + row).utf8), mapping: mapping)
    }

    @Test func `cells are converted, translated and placed`() throws {
        let outcome = try Self.row("e1;buy;7;2024-02-01;1234,5;007;-0,50;Yes;x")
        #expect(outcome.refusals == [])
        #expect(
            outcome.clearJSON
                == #"{"deep":{"count":7,"er":{"known":true},"rate":-0.50},"total":{"amount":"1234.50","currency":"EUR"}}"#
        )
        #expect(outcome.personal.id == "e1")
        #expect(outcome.batch.text(outcome.draft.aliasKind) == "member")
    }

    @Test func `empty cells are absent`() throws {
        let outcome = try Self.row("e1;seen;;;;;;;")
        #expect(outcome.refusals == [])
        #expect(outcome.clearJSON == "{}")
        #expect(outcome.batch.text(outcome.draft.typeName) == "shop.seen")
        #expect(outcome.draft.aliasValue.count == 0)
        #expect(outcome.draft.flags == .timeSupplied)
    }

    @Test(arguments: [
        ("e1;buy;7;2024-02-30;;;;;", #"2 - time: expected a time of the format yyyy-MM-dd (column "when")"#),
        ("e1;buy;7;;1.5;;;;", #"2 - data.total: expected a decimal number such as 12.34 (column "sum")"#),
        ("e1;buy;7;;1,555;;;;", #"2 - data.total: expected at most 2 digits behind the decimal point (column "sum")"#),
        ("e1;buy;7;;;1,5;;;", #"2 - data.deep.count: expected a decimal number such as 12.34 (column "n")"#),
        ("e1;buy;7;;;;1e;;", #"2 - data.deep.rate: expected a number (column "rate")"#),
        ("e1;buy;7;;;;;maybe;", #"2 - data.deep.er.known: expected true, false, yes, no, 1 or 0 (column "flag")"#),
        ("e1;buy;7", "2 - : expected 9 columns, found 3"), (";buy;7;;;;;;", "2 - id: is missing"),
        ("e1;;7;;;;;;", "2 e1 type: is missing"),
    ])
    func `a bad cell is refused with its row, field and column`(row: String, expected: String) throws {
        let outcome = try Self.row(row + "\ne2;buy;7;;;;;;")
        #expect(outcome.refusals == [expected])
        #expect(outcome.batch.count == 1)
        #expect(outcome.rejected[0].raw == Array(row.utf8))
    }

    @Test func `a cell that is not UTF-8 is refused with its column`() throws {
        let bytes = Array((Self.header + "e1;buy;").utf8) + [0xFF] + Array(";;;;;;".utf8)
        let outcome = try Self.read(bytes, mapping: Self.mapping)
        #expect(outcome.refusals == [#"2 - : the cell of column "who" is not UTF-8"#])
    }

    @Test func `a header without a mapped column ends the import`() {
        let error = #expect(throws: MappingError.self) {
            try Self.read(Array("nr;whad;who;when;sum;n;rate;flag\n".utf8), mapping: Self.mapping)
        }
        #expect(error?.description == #"line 5: attributes.type: there is no column "what"; did you mean "whad"?"#)
    }

    @Test func `ids are the same again and follow equal rows, not other ones`() throws {
        let mapping = "attributes: { source: { column: s }, type: { constant: a.b } }"
        let text = "s,x\nu,1\nu,1\nv,1\n"
        let first = try Self.read(Array(text.utf8), mapping: mapping)
        let again = try Self.read(Array(text.replacing("\n", with: "\r\n").utf8), mapping: mapping)
        let longer = try Self.read(Array("s,x\nw,9\nu,1\nu,1\nu,1\nv,1\n".utf8), mapping: mapping)
        #expect(first.batch.drafts.map(\.identity) == again.batch.drafts.map(\.identity))
        #expect(Set(first.batch.drafts.map(\.identity)).isSubset(of: longer.batch.drafts.map(\.identity)))
        #expect(first.personal.id.hasSuffix("-1"))
        #expect(first.personal.id.utf8.count == 34)
    }

    @Test func `equal rows of several files are counted on, and each file has its header`() throws {
        let mapping = try CSVMapping(yaml: "attributes: { source: { column: s }, type: { constant: a.b } }")
        func read(_ files: [String]) throws -> Outcome {
            var reader = CSVEventReader(mapping: mapping, zone: .utc, decoder: EventDecoder(context: .sample))
            var outcome = Outcome(events: "")
            for file in files {
                try reader.push(Array(file.utf8), into: &outcome.batch, rejected: &outcome.rejected)
                try reader.finish(into: &outcome.batch, rejected: &outcome.rejected)
            }
            return outcome
        }
        // The row of the last file has its cells in another order: it is another row.
        let files = ["s,x\nu,1\nu,1\n", "\u{FEFF}s,x\nu,1\nv,1", "x,s\n1,u\n"]
        let outcome = try read(files)
        #expect(outcome.refusals == [])
        #expect(outcome.batch.drafts.map(\.line) == [2, 3, 2, 3, 2])
        #expect(Set(outcome.batch.drafts.map(\.identity)).count == 5)
        #expect(try read(files) == outcome)
        #expect(
            try read([files[0] + "u,1\nv,1\n"]).batch.drafts.map(\.identity)
                == outcome.batch.drafts.prefix(4).map(\.identity))
    }

    @Test func `a date alone is the first instant of its day in the zone`() throws {
        let east = try ZoneTable(encoded: "Test/East 7200")
        let bytes = Array((Self.header + "e1;buy;7;2024-02-01;;;;;").utf8)
        let outcome = try Self.read(bytes, mapping: Self.mapping, zone: east)
        #expect(outcome.draft.occurred.description == "2024-01-31T22:00:00Z")
    }

    @Test func `a table can say who is whom, and which events are void`() throws {
        let logins = """
            attributes:
              source: { constant: "urn:shop" }
              type: { constant: customer.identified }
              subject: { column: visitor, kind: cookie }
              id: nr
            data:
              alias: { column: member, prefix: "member:" }
              by: { constant: login }
            """
        let text = "nr,visitor,member\n1,f3,1042\n2,f4,\n3,,7\n"
        let outcome = try Self.read(Array(text.utf8), mapping: logins)
        #expect(
            outcome.refusals == [
                "3 2 data.alias: is missing", "4 3 subject: is missing: customer.identified is about two customers",
            ])
        #expect(outcome.draft.type == .customerIdentified)
        #expect(outcome.batch.text(outcome.draft.aliasKind) == "cookie")
        let list = Array(outcome.batch.arena[outcome.draft.otherAliases.range])
        let others = AliasList.aliases(in: list.span.bytes)
        #expect(others.map { $0.kind } == [Array("member".utf8)] && others.map { $0.value } == [Array("1042".utf8)])

        let voids = """
            attributes: { source: { constant: desk }, type: { constant: event.voided }, id: nr }
            data:
              position: { column: at, kind: integer }
              source: from
              id: of
            """
        let rows = "nr,at,from,of\n1,17,,\n2,,urn:shop,a\n3,17,urn:shop,a\n"
        let voided = try Self.read(Array(rows.utf8), mapping: voids)
        #expect(voided.batch.drafts.map(\.amount) == [17, 0])
        #expect(voided.batch.drafts[1].target == HashKeys.sample.identity(source: "urn:shop".utf8, id: "a".utf8))
        #expect(voided.rejected.map(\.refusal.field) == ["data.position"])
    }
}
