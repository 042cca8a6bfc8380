import Projections
import Testing
import Wayfold

@Suite struct CSVWriterTests {
    @Test func `lines end with CR LF and special fields are quoted`() throws {
        let text = try Sample.text(
            [.text("name"), .text("note"), .decimal("monetary")],
            [
                [.text("a,b"), .text("say \"hi\""), .decimal(units: -5, scale: 2)],
                [.text("line\nbreak"), .null, .decimal(units: 100, scale: 0)], [.text(""), .text(" "), .null],
            ], as: .csv)
        #expect(
            text == "name,note,monetary\r\n\"a,b\",\"say \"\"hi\"\"\",-0.05\r\n\"line\nbreak\",,100\r\n\"\", ,\r\n")
    }

    @Test func `without rows there is the header`() throws {
        #expect(try Sample.text([.text("a"), .integer("b")], [], as: .csv) == "a,b\r\n")
    }
}
