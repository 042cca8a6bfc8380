import Testing

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
}
