import Foundation
import Testing

@testable import WayfoldCLI

@Suite struct ExportCommandTests {
    private let scratch: Scratch

    init() async throws {
        scratch = try Scratch()
        try await scratch.import([("member:1", "page.viewed", ""), ("member:2", "page.viewed", "")])
    }

    @Test func `an export says where it stands, and a loader reads what lies there`() async throws {
        let place = scratch.path + "/v.csv"
        let (status, output, remarks) = await scratch.run("export visits/customers", "--to", place)
        #expect(status == .done, "\(remarks)")
        #expect(
            output == #"{"position":3,"as_of":null,"parts":[{"part":"visits/customers","file":"v.csv","rows":2,"#
                + #""stale":false,"set_aside":0}]}"# + "\n")
        let written = try String(contentsOfFile: place, encoding: .utf8)
        #expect(written == "customer,visits\r\nmember:1,1\r\nmember:2,1\r\n")
        let loader = await scratch.run("export", "--to", place, "--print-loader", "duckdb")
        #expect(loader.status == .done)
        #expect(loader.output.contains("'visits': 'BIGINT'"))
    }

    @Test(arguments: [
        ["visits/customers"], ["visits/nothing", "--to", "x.csv"], ["visits", "--to", "x.csv"],
        ["visits/customers", "--to", "x.parquet"], ["--to", "x", "--format", "sqlite"],
        ["visits/customers", "--to", "x", "--format", "table"], ["--to", "x", "--print-loader", "excel"],
        ["--to", "/nowhere/at/all", "--print-loader", "pandas"], ["visits/customers", "--to", "x", "--as-known", "99"],
    ])
    func `what cannot be exported is wrong usage`(arguments: [String]) async throws {
        let (status, output, _) = await Recorder.run(
            ["export", "--data", scratch.data] + arguments, catalogue: .test)
        #expect(status == .wrongUsage)
        #expect(output == "")
    }
}
