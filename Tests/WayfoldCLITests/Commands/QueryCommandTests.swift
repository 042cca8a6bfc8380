import Foundation
import Testing
import Wayfold

@testable import WayfoldCLI

@Suite struct QueryCommandTests {
    /// Runs a query over a folder that holds nothing but the default policy.
    private func query(_ arguments: [String], isTerminal: Bool = false) async throws -> (
        status: ProgramStatus, output: String, remarks: String
    ) {
        let path = FileManager.default.temporaryDirectory.path() + "wayfold-cli-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        // The views are folded by the query itself.
        let session = try await WriteSession.open(path: path, worker: ["/bin/false"])
        _ = try? await session.finish()
        return await Recorder.run(
            ["query", "--data", path] + arguments, catalogue: .test, isTerminal: isTerminal)
    }

    @Test func `a limit stops the work of the part`() async throws {
        let (status, output, remarks) = try await query(["visits/numbers", "--limit", "2"])
        #expect(status == .done)
        #expect(output == "{\"n\":0}\n{\"n\":1}\n")
        #expect(
            remarks == #"{"position":1,"as_of":null,"policy":1,"rows":2,"set_aside":0,"stale":false}"# + "\n")
    }

    @Test func `conditions and the part's own options choose the rows`() async throws {
        let (_, output, _) = try await query([
            "visits/numbers", "--by", "two", "--where", "n>6", "--where", "n!=10", "--limit", "3", "--format", "csv",
        ])
        #expect(output == "n\r\n8\r\n12\r\n14\r\n")
        #expect(
            try await query(["visits/numbers", "--option", "by=two", "--limit", "2"]).output == "{\"n\":0}\n{\"n\":2}\n"
        )
    }

    @Test func `no rows are asked for`() async throws {
        #expect(try await query(["visits/numbers", "--limit", "0", "--format", "json"]).output == "[]\n")
    }

    @Test func `rows are sorted before they are limited`() async throws {
        let scratch = try Scratch()
        try await scratch.import([1, 2, 3, 4, 5, 3].map { ("member:\($0)", "page.viewed", "") })
        let (_, output, remarks) = await scratch.run(
            "query visits", "--sort", "-visits,-customer", "--limit", "3", "--format", "csv")
        #expect(output == "customer,visits\r\nmember:3,2\r\nmember:5,1\r\nmember:4,1\r\n")
        #expect(remarks.contains(#""rows":3"#))
        #expect(await scratch.run("query visits", "--sort", "nobody").status == .wrongUsage)
        let none = await scratch.run("query visits", "--sort", "visits", "--limit", "0", "--format", "json")
        #expect(none.output == "[]\n")
    }

    @Test func `people are told where the answer stands`() async throws {
        let (_, output, remarks) = try await query(["visits", "--limit", "5"], isTerminal: true)
        #expect(output == "customer  visits\n--------  ------\n")
        #expect(remarks == "0 rows at position 1, under the policy of position 1\n")
    }

    @Test(arguments: [
        ["visits/numbers", "--by", "three"], ["visits/numbers", "--steps", "a"], ["visits/numbers", "--where", "x=1"],
        ["visits/numbers", "--where", "n"], ["visits/numbers", "--where", "n=many"],
        ["visits", "--customer", "nobody"],
        ["visits", "--as-of", "1970-01-02"], ["visits", "--as-known", "2"], ["visits", "--as-known", "0"],
        ["visits/numbers", "--changes-since", "1"], ["visits/corrections"],
    ])
    func `what a part does not take is wrong usage`(arguments: [String]) async throws {
        let (status, output, remarks) = try await query(arguments)
        #expect(status == .wrongUsage)
        #expect(output == "")
        #expect(remarks.hasPrefix("wayfold: ") && remarks.split(separator: "\n").count == 1)
    }

    @Test func `without a view it lists what can be asked`() async throws {
        let (status, output, _) = await Recorder.run(["query", "--format", "csv"], catalogue: .test)
        let steps =
            "customer,row,field,kind,position,time,occurred,recorded,id,type,source,actor,alias,rules,"
            + "policy,policy_text,before,after"
        #expect(status == .done)
        #expect(
            output
                == "part,columns,options,key\r\nvisits/customers,\"customer,visits\",[--customer ALIAS],customer\r\n"
                + "visits/numbers,n,[--by one|two],\r\n"
                + "visits/explanation,\"\(steps)\",--customer ALIAS [--field TEXT],\r\n"
                + "visits/behind,\"\(steps)\",--field TEXT --value TEXT,\r\n"
                + "visits/corrections,\"part,key,column,before,after\",--since TEXT,\r\n")
    }
}
