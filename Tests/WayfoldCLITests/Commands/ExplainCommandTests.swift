import Testing
import Wayfold

@testable import WayfoldCLI

@Suite struct ExplainCommandTests {
    @Test func `each event that changed a figure is a line, and the figure is the last`() async throws {
        let scratch = try Scratch()
        try await scratch.import((1...3).map { _ in ("member:1", "page.viewed", "") })
        let (status, output, remarks) = await scratch.run(
            "explain visits member:1 visits", "--format", "csv")
        #expect(status == .done, "\(remarks)")
        let lines = output.split(separator: "\r\n")
        #expect(lines.count == 5)
        #expect(lines[1].hasPrefix("member:1,,visits,event,2,"))
        #expect(lines[1].contains(",shop-0,page.viewed,shop,"))
        #expect(lines[3].hasSuffix(",2,3"))
        #expect(lines[4].hasPrefix("member:1,,visits,shown,"))
        #expect(remarks.contains(#""rows":4"#))
    }

    @Test func `who and what is behind a value is listed customer by customer`() async throws {
        let scratch = try Scratch()
        try await scratch.import([1, 2, 2, 3, 3].map { ("member:\($0)", "page.viewed", "") })
        let (_, output, _) = await scratch.run(
            "query visits/behind", "--field", "visits", "--value", "2", "--where", "kind=shown", "--format", "csv")
        #expect(output.split(separator: "\r\n").dropFirst().map { $0.prefix(8) } == ["member:2", "member:3"])
    }

    @Test func `unknown views, customers and fields are wrong usage`() async throws {
        let scratch = try Scratch()
        try await scratch.import([("member:1", "page.viewed", "")])
        for arguments in ["nothing member:1", "visits member:2", "visits member:1 nothing"] {
            #expect(await scratch.run("explain " + arguments).status == .wrongUsage, "\(arguments)")
        }
    }
}
