import Wayfold
import Projections
import Testing

@testable import WayfoldCLI

@Suite struct ReportTests {
    let report = Report.fields([
        ("customer", .text("member:1")), ("n", .integer(3)),
        ("rfm", .fields([("segment", .text("Lost")), ("r", .integer(1))])),
        ("timeline", .rows([.integer("position"), .text("type")], [[.integer(7), .text("order.paid")]])),
        ("aside", .rows([.text("view")], [])),
    ])

    @Test func `people read names and values, and tables below their names`() throws {
        let recorder = Recorder()
        try Console.$current.withValue(recorder.console(isTerminal: true)) { try report.write(as: .table) }
        #expect(
            recorder.output == """
                customer  member:1
                n         3

                rfm
                  segment  Lost
                  r        1

                timeline
                  position  type
                  --------  ----------
                         7  order.paid

                aside
                  none

                """)
    }

    @Test func `programs read one object`() throws {
        #expect(
            report.json
                == #"{"customer":"member:1","n":3,"rfm":{"segment":"Lost","r":1},"#
                + #""timeline":[{"position":7,"type":"order.paid"}],"aside":[]}"#)
    }

    @Test func `there is no CSV of it`() {
        #expect(throws: UsageError.self) { try report.write(as: .csv) }
    }
}
