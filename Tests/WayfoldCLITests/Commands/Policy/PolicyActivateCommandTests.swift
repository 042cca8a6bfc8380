import Testing
import Wayfold

@testable import WayfoldCLI

struct PolicyActivateCommandTests {
    @Test func `a policy that is in force already is said to be, and not recorded again`() async throws {
        let scratch = try Scratch()
        let file = try scratch.file("policy.yaml", "loyalty:\n  earn:\n    pointsPerUnit: 3\n")
        let dry = await scratch.run("policy activate --dry-run", file)
        #expect(dry.output.hasPrefix(#"{"position":null,"dry_run":true,"already_in_force":false,"#))
        let first = await scratch.run("policy activate", file)
        #expect(first.status == .done)
        #expect(first.output.hasPrefix(#"{"position":2,"dry_run":false,"already_in_force":false,"#))
        #expect(first.remarks == "")
        for option in ["--dry-run", "--note=again"] {
            let again = await scratch.run("policy activate \(option)", file)
            #expect(again.status == .done)
            #expect(again.output.contains(#""position":2"#) && again.output.contains(#""already_in_force":true"#))
            #expect(again.output.contains(#""changes":[]"#))
            #expect(again.remarks == "wayfold: this policy is in force already, by position 2\n")
        }
        let status = await scratch.run("status --format json")
        #expect(status.output.contains(#""events":2"#))
    }

    @Test func `a policy by which views would answer otherwise waits for --yes`() async throws {
        let scratch = try Scratch()
        try await scratch.import([("member:1", "page.viewed", "")])
        func activate(_ arguments: String...) async -> (status: ProgramStatus, output: String, remarks: String) {
            await Recorder.run(
                ["policy", "activate"] + arguments + ["--data", scratch.data], catalogue: .standard)
        }
        // A ledger books under it what comes; what came shows what that would be.
        let stages = try scratch.file("a.yaml", "lifecycle: {stages: [{name: visitor}]}\n")
        let waiting = await activate(stages)
        #expect(waiting.status == .difference)
        #expect(waiting.output.hasPrefix(#"{"position":null,"dry_run":false,"already_in_force":false,"#))
        #expect(
            waiting.output.contains(
                #"{"view":"lifecycle","group":null,"column":"stage","before":"prospect","after":"visitor","#
                    + #""change":null,"customers":1}"#))
        #expect(waiting.output.contains(#""from_the_start":{"values":0,"moved":[]}"#))
        #expect(waiting.remarks.hasSuffix("wayfold: nothing was activated, since views would change: say --yes\n"))
        let dry = await activate(stages, "--dry-run")
        #expect(dry.status == .done)
        #expect(dry.output.contains(#""dry_run":true"#))
        let done = await activate(stages, "--yes")
        #expect(done.status == .done)
        #expect(
            done.output.hasPrefix(#"{"position":3,"#)
                && done.output.hasSuffix(#""at_once":null,"from_the_start":null}"# + "\n"))
        // Of what only the writer reads nothing shows.
        let writing = try scratch.file("b.yaml", "lifecycle: {stages: [{name: visitor}]}\ningest: {maxFuture: 3h}\n")
        let silent = await activate(writing)
        #expect(silent.status == .done)
        #expect(silent.output.hasPrefix(#"{"position":4,"#))
    }
}
