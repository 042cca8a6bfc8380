import Testing

@testable import WayfoldCLI

struct VoidCommandTests {
    private func scratch() async throws -> Scratch {
        let scratch = try Scratch()
        try await scratch.import([("member:1", "page.viewed", ""), ("member:2", "page.viewed", "")])
        try await scratch.import(
            [
                ("member:1", "seat.chosen", ""), ("member:1", "page.viewed", ""),
                ("member:2", "customer.identified", #","data":{"alias":"member:1"}"#),
            ], source: "till")
        return scratch
    }

    @Test func `a dry run shows the events and counts them by type`() async throws {
        let scratch = try await scratch()
        let dry = await scratch.run("void --where source=till --dry-run --format csv")
        #expect(dry.status == .done)
        let lines = dry.output.split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("position,occurred,recorded,type,source,id,channel,customer,alias,"))
        #expect(
            lines[1].hasPrefix("4,2026-03-01T10:00:00Z,")
                && lines[1].contains(",seat.chosen,till,till-0,,member:1,member:1,"))
        #expect(dry.remarks.contains("1 page.viewed, 1 seat.chosen would go; 0 of 3 are void already, 1 are records"))
        #expect(await scratch.run("status --format json").output.contains(#""events":6"#))
    }

    @Test func `what meets the conditions goes, once`() async throws {
        let scratch = try await scratch()
        let done = await scratch.run("void --where source=till --where recorded>=2026-01-01 --reason test --format csv")
        #expect(done.status == .done)
        #expect(done.output == "voided,matched,already_void,not_folded\r\n2,3,0,1\r\n")
        let again = await scratch.run("void --where source=till --format csv")
        #expect(again.output == "voided,matched,already_void,not_folded\r\n0,3,2,1\r\n")
        let status = await scratch.run("status --format json").output
        #expect(status.contains(#""events":8"#) && status.contains(#""voided_events":2"#))
        let visits = await scratch.run("query visits --format csv").output
        #expect(visits == "customer,visits\r\nmember:1,2\r\n")
    }

    @Test(arguments: [
        ("position in 4,5", "4 5"), ("id=till-1", "5"), ("alias=member:2", "3"), ("type=page.viewed", "2 3 5"),
        ("occurred>=2026-03-02", "3 5"), ("occurred<2026-03-02", "2 4"), ("customer=member:9", ""),
    ])
    func `events are chosen by any of their columns`(condition: String, positions: String) async throws {
        let scratch = try await scratch()
        let dry = await Recorder.run(
            ["void", "--where", condition, "--dry-run", "--format", "csv", "--data", scratch.data], catalogue: .test)
        let found = dry.output.split(separator: "\r\n").dropFirst().map { $0.prefix { $0 != "," } }
        #expect(found.joined(separator: " ") == positions)
    }
}
