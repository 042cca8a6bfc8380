import Testing

@testable import WayfoldCLI

struct MergeCommandTests {
    /// Two cookies of a member, and somebody else; `visits` counts three, one and one events.
    private func scratch() async throws -> Scratch {
        let scratch = try Scratch()
        try await scratch.import([
            ("member:1", "page.viewed", ""), ("cookie:a", "page.viewed", ""), ("member:1", "seat.chosen", ""),
            ("email:x@example.com", "page.viewed", ""), ("member:1", "page.viewed", ""),
        ])
        return scratch
    }

    private func visits(_ scratch: Scratch) async -> String {
        await scratch.run("query visits --format csv").output
    }

    @Test func `a dry run tells what comes, and writes nothing`() async throws {
        let scratch = try await scratch()
        let before = await visits(scratch)
        let dry = await scratch.run("merge member:1 cookie:a --dry-run --format csv")
        #expect(dry.status == .done)
        #expect(dry.output.hasPrefix("view,part,key,column,before,after\r\n"))
        #expect(dry.remarks.contains("the log would say \"merged\""))
        #expect(await visits(scratch) == before)
        #expect(await scratch.run("status --format json").output.contains(#""events":6"#))
    }

    @Test func `two customers are one, and a second time nothing changes`() async throws {
        let scratch = try await scratch()
        let dry = await scratch.run("merge member:1 a --dry-run --format csv").output
        let merged = await scratch.run("merge member:1 a --reason test --format csv")
        #expect(merged.status == .done)
        #expect(merged.output == "decision,position,alias\r\nmerged,7,member:1\r\n")
        let rows = await scratch.run("query visits/corrections --since 6 --format csv").output.split(separator: "\r\n")
        #expect(dry.split(separator: "\r\n").dropFirst().map(String.init) == rows.dropFirst().map { "visits," + $0 })
        #expect(rows.count == 3)
        let after = await visits(scratch)
        #expect(after.split(separator: "\r\n").count == 3)
        #expect(await scratch.run("merge cookie:a member:1 --format csv").output.contains("already-one,8"))
        #expect(await visits(scratch) == after)
    }

    @Test func `what was merged is split again, and stays so`() async throws {
        let scratch = try await scratch()
        let before = await visits(scratch)
        _ = await scratch.run("merge member:1 cookie:a")
        let dry = await scratch.run("split cookie:a --dry-run --format csv")
        #expect(dry.remarks.contains("the log would say \"split\""))
        #expect(
            await scratch.run("split cookie:a --format csv").output == "decision,position,alias\r\nsplit,8,member:1\r\n"
        )
        #expect(await visits(scratch) == before)
        let again = await scratch.run("split cookie:a --of member:1 --format csv")
        #expect(again.status == .done && again.output.contains("not-together,9"))
        let page = await scratch.run("customer member:1 --format json").output
        #expect(page.contains(#""alias":"member:1""#) && !page.contains(#""alias":"cookie:a""#))
    }

    @Test(arguments: [
        ["merge", "member:1", "nobody"], ["split", "member:1", "email:x@example.com"], ["split"],
        ["merge", "member:1"],
        ["void", "--where", "bogus=1"], ["void"], ["void", "--where", "position=1", "--changes"],
        ["void", "--where", "occurred>=yesterday"],
    ])
    func `wrong usage is status 2 and changes nothing`(arguments: [String]) async throws {
        let scratch = try await scratch()
        let (status, output, remarks) = await Recorder.run(arguments + ["--data", scratch.data], catalogue: .test)
        #expect(status == .wrongUsage)
        #expect(output == "")
        #expect(remarks.hasPrefix("wayfold: "))
        #expect(await scratch.run("status --format json").output.contains(#""events":6"#))
    }
}
