import ArgumentParser
import Policies
import Wayfold

struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with a policy, with line, field and the nearest valid word.",
        discussion: """
            Example:

              wayfold policy check policy.yaml

            Each fault is a line FILE:LINE:COLUMN: FIELD: what was expected. The status is 1 where there is any.
            """)

    @Argument(help: "The policy's file.")
    var file: String

    func run() throws {
        // The faults are the answer that was asked for.
        let faults = Policy.check(try FileText.read(file))
        let output = TextOutput()
        for fault in faults { try output.writeLine(PolicyText.line(fault, of: file)) }
        try output.flush()
        guard faults.isEmpty else { throw AlreadyReported() }
    }
}
