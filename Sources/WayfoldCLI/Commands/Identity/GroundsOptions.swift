import ArgumentParser
import Wayfold

/// Why something is decided, for the log.
struct GroundsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why, as a word for statistics: double-account, wrong-merge, test.", valueName: "word"))
    var reason: String?

    @Option(help: ArgumentHelp("The number of a case or a ticket.", valueName: "text"))
    var reference: String?

    @Option(help: ArgumentHelp("A remark in free text; kept as personal.", valueName: "text"))
    var note: String?

    var grounds: Grounds { Grounds(reason: reason, reference: reference, note: note) }
}
