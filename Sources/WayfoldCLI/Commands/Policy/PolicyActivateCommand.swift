import ArgumentParser
import EventLog
import Policies
import Projections
import Wayfold

struct PolicyActivateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Put a policy in force, and make anew the views that it changes.",
        discussion: """
            Example: see first what would change.

              wayfold policy activate policy.yaml --dry-run
              wayfold policy activate policy.yaml --yes --note 'longer expiry'

            The policy is recorded in the log. Views in occurred order fold the whole history under it; ledgers follow \
            it from here on. One that is in force already is not recorded again. A data folder that is not there is made.

            Where answers of views would be others, nothing is activated without --yes, and the status is 3: `at_once` says \
            in total what would move now, and `from_the_start` what would have come of ledgers, had it always been in \
            force. By customer: `wayfold replay --policy FILE --diff`.
            """)

    @OptionGroup var data: DataOption

    @Argument(help: "The policy's file.")
    var file: String

    @Option(help: ArgumentHelp("Why, for the log.", valueName: "text"))
    var note: String?

    @Flag(name: .customLong("dry-run"), help: "Only show what would change, and which views would be made anew.")
    var isDryRun = false

    @Flag(name: .customLong("yes"), help: "Activate it, whatever it changes, without working that out.")
    var isConfirmed = false

    func run() async throws {
        let text = try FileText.read(file)
        let after = try PolicyText.policy(ofFile: file, text)
        let before = try Policy(yaml: PolicyText.inForce(data))
        // Before a data folder is made.
        let supposed = try PolicyText.supposed(ofFile: file)
        let known = try data.openIfThere().flatMap {
            try LogReader(folder: $0).position(inForceOf: text, zone: supposed.zone)
        }
        if let known { Console.current.remark("wayfold: this policy is in force already, by position \(known)") }
        let whatIf = try known == nil && !isConfirmed ? WhatIf(supposed, data) : nil
        let waits = !isDryRun && whatIf?.changesNothing == false
        var position = known
        if !isDryRun && !waits {
            let session = try await WriteSession.open(data)
            position = try await session.activatePolicy(yaml: text, note: note)
            try await session.finishWithProgress()
        }
        try Report.fields([
            ("position", position.map { .integer($0.rawValue) } ?? .value(.null)), ("dry_run", .value(.flag(isDryRun))),
            ("already_in_force", .value(.flag(known != nil))),
            ("changes", .rows(PolicyText.columns, Policy.diff(before, after).map(PolicyText.row))),
            ("rebuilt", .texts("view", WayfoldProgram.catalogue.views(changedFrom: before, to: after))),
            ("at_once", .what(moved: whatIf?.atOnce)), ("from_the_start", .what(moved: whatIf?.fromTheStart)),
        ]).writeAsUsual()
        guard waits else { return }
        Console.current.remark("wayfold: nothing was activated, since views would change: say --yes")
        throw FoundDifference()
    }
}

extension Catalogue {
    /// The views that read another thing of one policy than of the other, and so are made anew.
    func views(changedFrom before: Policy, to after: Policy) -> [String] {
        func isChanged<P: Projector>(_: P.Type) -> Bool {
            P.order == .occurred && P.reads(before) != P.reads(after)
        }
        return projectors.filter { isChanged($0) }.map { $0.name }
    }
}
