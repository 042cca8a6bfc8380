import Projections
import Testing

@testable import WayfoldCLI

@Suite struct TableWriterTests {
    let columns: [Column] = [.text("customer"), .integer("frequency"), .decimal("monetary"), .number("share")]

    @Test func `numbers stand at the right and null is a dash`() throws {
        let table = try Recorder.rows(
            columns,
            [
                [.text("member:1"), .integer(12), .decimal(units: 1234, scale: 2), .number(1 / 3)],
                [.text("member:22"), .integer(3), .null, .number(.nan)],
            ], as: .table)
        #expect(
            table == """
                customer   frequency  monetary   share
                ---------  ---------  --------  ------
                member:1          12     12.34  0.3333
                member:22          3         -       -

                """)
    }

    @Test func `a table without rows is its header`() throws {
        #expect(try Recorder.rows([.text("a"), .text("b")], [], as: .table) == "a  b\n-  -\n")
    }

    @Test func `texts give way where the terminal is narrow, numbers never`() throws {
        let table = try Recorder.rows(
            [.text("variant"), .integer("count")], [[.text("page.viewed > product.viewed"), .integer(123_456_789)]],
            as: .table, width: 36)
        #expect(table.split(separator: "\n")[2] == "page.viewed > product.v..  123456789")
        let narrow = try Recorder.rows(
            [.text("variant"), .integer("count")], [[.text("page.viewed > product.viewed"), .integer(123_456_789)]],
            as: .table, width: 5)
        #expect(narrow.split(separator: "\n")[2] == "page.viewed > prod..  123456789")
    }

    @Test func `names stay whole where other texts give way`() throws {
        let table = try Recorder.rows(
            [.text("customer"), .text("reason"), .integer("count")],
            [[.text("member:0123456789012345"), .text("orders >= 3 and daysSinceLastOrder >= 30"), .integer(1)]],
            as: .table, width: 60)
        #expect(table.split(separator: "\n")[2] == "member:0123456789012345  orders >= 3 and daysSinceL..      1")
    }

    @Test func `without a terminal nothing is cut`() throws {
        let long = String(repeating: "x", count: 400)
        #expect(try Recorder.rows([.text("variant")], [[.text(long)]], as: .table).hasSuffix(long + "\n"))
    }

    @Test func `rows behind the sample keep its widths`() throws {
        let rows: [Row] = (0...TableWriter.sampleCount).map {
            [.text($0 < TableWriter.sampleCount ? "a" : "longer"), .integer(1)]
        }
        let lines = try Recorder.rows([.text("t"), .integer("n")], rows, as: .table).split(separator: "\n")
        #expect(lines.count == rows.count + 2)
        #expect(lines[2] == "a  1")
        #expect(lines.last == "longer  1")
    }

    @Test func `a producer's control characters do not reach the terminal`() throws {
        let table = try Recorder.rows([.text("id")], [[.text("\u{1B}[31mred\u{202E}")]], as: .table)
        #expect(table.hasSuffix("?[31mred?\n"))
    }
}
