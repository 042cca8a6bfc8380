import Projections
import Testing
import Touchpoints

struct RowFilterTests {
    private let columns: [Column] = [.text("name"), .decimal("money"), .integer("count"), .time("since")]

    private func accepts(_ condition: String, _ row: Row) throws -> Bool {
        try RowFilter([condition], columns: columns).accepts(row)
    }

    @Test(arguments: [
        ("name=a > b", true), ("name!=a > b", false), ("name in x, a > b", true), ("money>=12.5", true),
        ("money>12.50", false), ("money=12.500000000000000000", true), ("count<3e1", true), ("count in 1,29", true),
        ("since<2024-03-13T10:21:15Z", true), ("since>=2024-03-13T11:21:15+01:00", false),
    ])
    func `conditions compare by the kind of their column`(condition: String, isMet: Bool) throws {
        let time = try Timestamp(rfc3339: "2024-03-13T10:21:14Z")
        #expect(
            try accepts(condition, [.text("a > b"), .decimal(units: 1250, scale: 2), .integer(29), .time(time)])
                == isMet)
    }

    @Test(arguments: [1, 18, 19, 38, 39, 60, 400])
    func `an operand of any length is compared, not fatal`(digits: Int) throws {
        let row: Row = [.null, .decimal(units: -1, scale: 4), .integer(0), .null]
        let large = String(repeating: "9", count: digits)
        #expect(try accepts("money<\(large)", row))
        #expect(try accepts("money>-\(large)", row))
        #expect(try accepts("count<\(large)", row))
    }

    @Test
    func `texts are equal by their bytes`() throws {
        #expect(try !accepts("name=e\u{301}", [.text("\u{e9}"), .null, .null, .null]))
        #expect(try accepts("name!=e\u{301}", [.text("\u{e9}"), .null, .null, .null]))
    }

    @Test
    func `a null meets nothing but unequal`() throws {
        let row = Row(repeating: .null, count: 4)
        #expect(try accepts("money!=1", row))
        #expect(try !accepts("money<1", row))
        #expect(try !accepts("name in a", row))
    }

    @Test
    func `a date where a time is wanted is refused with an example`() {
        #expect(throws: QueryError("2024-03-13 is no time like 2024-03-13T10:21:14Z, which since is")) {
            try RowFilter(["since>=2024-03-13"], columns: columns)
        }
    }
}
