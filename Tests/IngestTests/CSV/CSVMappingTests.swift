import Testing
import Touchpoints

@testable import Ingest

struct CSVMappingTests {
    private static let good = """
        delimiter: ";"
        columns: [a, b]
        timeZone: Europe/Berlin
        decimalSeparator: ","
        attributes:
          source: { constant: "urn:x" }
          type: { column: a, values: { buy: order.paid }, prefix: "shop." }
          subject: { column: b, kind: member }
        data:
          total.net: { column: b, kind: money, currency: EUR }
        """

    @Test func `a mapping is read`() throws {
        let mapping = try CSVMapping(yaml: Self.good)
        #expect(mapping.separator == .byte(UInt8(ascii: ";")))
        #expect(mapping.timeZone == "Europe/Berlin")
        #expect(mapping.attributes.map(\.target) == ["source", "type", "subject"])
        #expect(mapping.attributes[1].values == ["buy": "order.paid"])
        #expect(mapping.attributes[2].form == .alias(kind: "member"))
        #expect(mapping.data[0].form == .money(Currency(code: "EUR")!))
    }

    @Test(arguments: [
        (#"delimiter: ";""#, "delimeter: x", #"line 1: delimeter: there is no such key; did you mean "delimiter"?"#),
        (
            #"delimiter: ";""#, "delimiter: tabs",
            #"line 1: delimiter: expected one of , ; tab whitespace, found "tabs"; did you mean "tab"?"#
        ),
        ("columns: [a, b]", "header: false", "columns: must name the columns where there is no header"),
        ("columns: [a, b]", "columns: a", "line 2: columns: expected a list"),
        (#"{ constant: "urn:x" }"#, "{}", "line 6: attributes.source: needs either a column or a constant"),
        ("source:", "sourze:", "attributes.source: is missing"),
        ("subject: {", "Subject: {", #"line 8: attributes.Subject: is no attribute; did you mean "subject"?"#),
        ("subject: {", "actor: {", "line 8: attributes.actor: is no attribute"),
        (
            "kind: member", "kint: member",
            #"line 8: attributes.subject.kint: there is no such key; did you mean "kind"?"#
        ),
        ("kind: member", "kind: Member", "line 8: attributes.subject.kind: expected a kind: lower-case letters"),
        ("column: b, kind: mem", "column: bb, kind: mem", #"line 8: attributes.subject: there is no column "bb""#),
        ("kind: money", "kind: monney", "line 10: data.total.net.kind: expected one of text integer number money"),
        ("kind: money", "kind: integer", "line 10: data.total.net.currency: is for kind: money only"),
        (", currency: EUR", "", "line 10: data.total.net: money needs a currency"),
        ("EUR", "eur", "line 10: data.total.net.currency: expected a currency of three capital letters"),
        ("total.net:", "total..net:", "line 10: data.total..net: expected names joined by dots"),
        ("data:", "data:\n  total: a", "line 11: data.total.net: lies inside data.total"),
        ("kind: money, currency: EUR", "kind: time, format: hh", "line 10: data.total.net.format: expected rfc3339"),
        ("attributes:", "attributes: [", "line "), ("data:", "data: 7\nx:", "line 10: x: there is no such key"),
    ])
    func `a mistake is named with its line, field and the nearest word`(old: String, new: String, expected: String) {
        let error = #expect(throws: MappingError.self) {
            try CSVMapping(yaml: Self.good.replacing(old, with: new, maxReplacements: 1))
        }
        #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
    }
}
