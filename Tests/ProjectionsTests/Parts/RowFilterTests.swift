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

    @Test(arguments: [
        ("since>=2024-03-13", [false, true, true, true]), ("since>=2024-03-12", [true, true, true, true]),
        ("since<=2024-03-13", [true, true, true, false]), ("since<2024-03-13", [true, false, false, false]),
        ("since>2024-03-13", [false, false, false, true]), ("since=2024-03-13", [false, true, true, false]),
        ("since!=2024-03-13", [true, false, false, true]),
        ("since in 2024-03-12,2024-03-14", [true, false, false, true]),
    ])
    func `a date stands for its whole day in the zone`(condition: String, isMet: [Bool]) throws {
        for (zone, hours) in [(ZoneTable.utc, 0), (try ZoneTable(encoded: "Etc/Test 7200"), -2)] {
            var filter = try RowFilter([condition], columns: columns)
            filter.zone = zone
            let midnight = try Timestamp(rfc3339: "2024-03-13T00:00:00Z") + .hours(Int64(hours))
            let times = [
                midnight + Elapsed(microseconds: -1), midnight, midnight + .hours(24) + Elapsed(microseconds: -1),
            ]
            let met = (times + [midnight + .hours(24)]).map { filter.accepts([.null, .null, .null, .time($0)]) }
            #expect(met == isMet, "\(zone.name)")
        }
    }

    @Test
    func `what is neither a time nor a date is refused with an example`() {
        let message = "now is no time like 2024-03-13T10:21:14Z or date like 2024-03-13, which since is"
        #expect(throws: QueryError(message, parameter: "where")) { try RowFilter(["since>=now"], columns: columns) }
    }

    @Test
    func `the columns that are looked at are known`() throws {
        #expect(try RowFilter(["money>1", "since>=2024-03-12", "money<9"], columns: columns).columns == [1, 3])
    }
}
