import ArgumentParser
import Policies

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
        guard try PolicyText.faults(in: file).isEmpty else { throw AlreadyReported() }
    }
}

extension PolicyText {
    /// The faults of a policy's file, which are written out, a line each.
    static func faults(in file: String) throws -> [PolicyError] {
        let faults = Policy.check(try FileText.read(file))
        let output = TextOutput()
        for fault in faults { try output.writeLine(line(fault, of: file)) }
        try output.flush()
        return faults
    }

    /// `FILE:LINE:COLUMN: FIELD: what was expected (did you mean WORD?)`.
    static func line(_ fault: PolicyError, of file: String) -> String {
        var text = file + ":"
        if let line = fault.line { text += "\(line):" }
        if let column = fault.column { text += "\(column):" }
        text += " "
        if !fault.path.isEmpty { text += fault.path + ": " }
        text += fault.message
        if let word = fault.suggestion { text += " (did you mean \"\(word)\"?)" }
        return text
    }
}
