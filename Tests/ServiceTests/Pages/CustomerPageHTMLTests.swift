import Testing
import Wayfold

@testable import Service

struct CustomerPageHTMLTests {
    @Test func `the page of a customer is the one that was looked at`() async throws {
        let page = try CustomerPageHTML.html(try await PageLog(PageLog.shop).answers, alias: "cookie:7f3a")
        _ = try PageReader(page)
        try Golden.expect(page, "pages/customer.html")
    }

    @Test func `a customer is found by a value alone`() async throws {
        let answers = try await PageLog(PageLog.shop).answers
        let page = try PageReader(try CustomerPageHTML.html(answers, alias: "1042"))
        #expect(page.text.contains("member:1042"))
    }

    @Test(arguments: ["member:none", "", "<script>", "member:"])
    func `who is not there is said not to be there`(alias: String) async throws {
        let answers = try await PageLog(PageLog.shop).answers
        let error = #expect(throws: QueryError.self) { try CustomerPageHTML.html(answers, alias: alias) }
        #expect(error?.isAboutUnknown == true)
    }

    @Test func `of many events the page has the newest 200, and says how many more there are`() async throws {
        var lines = ""
        for number in 0..<1_234 {
            let (hour, minute) = (number / 60, number % 60)
            let time = "2026-03-01T\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute):00Z"
            lines += PageLog.event(number, "type.number\(number)", of: "member:1", at: time)
        }
        let page = try CustomerPageHTML.html(try await PageLog(lines).answers, alias: "member:1")
        #expect(page.utf8.count < 1 << 18)
        let read = try PageReader(page)
        #expect(read.text.contains("1,034 more older events are not shown."))
        #expect(read.targets.contains("/v1/events?customer=member%3A1"))
        let newest = try #require(read.text.firstRange(of: "type.number1233"))
        let oldest = try #require(read.text.firstRange(of: "type.number1034"))
        #expect(newest.lowerBound < oldest.lowerBound)
        #expect(!read.text.contains("type.number1033"))
    }

    @Test(arguments: [0, 1, 3, 4, 7, 12, 13])
    func `the last of rows are kept, the newest first`(count: Int) {
        var last = LastRows(limit: 4)
        for number in 0..<count { last.add([.integer(Int64(number))]) }
        #expect(last.count == count)
        #expect(last.newestFirst == (0..<count).suffix(4).reversed().map { [.integer(Int64($0))] })
    }
}
