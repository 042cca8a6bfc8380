import ArgumentParser

/// The options that parts of views take, beside those that every part takes; which part takes which is in its listing.
struct PartOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Count by customer or by session.", valueName: "unit"))
    var by: String?

    @Option(help: ArgumentHelp("The steps of a funnel: types, with commas between them.", valueName: "a,b,c"))
    var steps: String?

    @Option(help: ArgumentHelp("The window of a funnel, such as 24h or 7d.", valueName: "period"))
    var within: String?

    @Option(help: ArgumentHelp("The order of a funnel's steps: sequential, strict or any.", valueName: "order"))
    var order: String?

    @Option(help: ArgumentHelp("Types that end a funnel's count, with commas between them.", valueName: "types"))
    var exclude: String?

    @Option(help: ArgumentHelp("How scores are given: quantile, ntile or bands.", valueName: "method"))
    var scores: String?

    @Option(help: ArgumentHelp("The position whose corrections are asked for.", valueName: "position"))
    var since: String?

    @Option(help: ArgumentHelp("A figure: a column of the view's part customers or members.", valueName: "column"))
    var field: String?

    @Option(help: ArgumentHelp("The value that the figure has.", valueName: "value"))
    var value: String?

    @Option(help: ArgumentHelp("The first of two touchpoints, one right after the other.", valueName: "type"))
    var leaving: String?

    @Option(help: ArgumentHelp("The second of them.", valueName: "type"))
    var reaching: String?

    @Option(
        name: .customLong("option"),
        help: ArgumentHelp("Any other option of the part; may be repeated.", valueName: "name=value"))
    var others: [String] = []

    /// Those that were given, by name.
    var given: [String: String] {
        get throws {
            let known = [
                "by": by, "steps": steps, "within": within, "order": order, "exclude": exclude, "scores": scores,
                "since": since, "field": field, "value": value, "leaving": leaving,
                "reaching": reaching,
            ]
            var given = known.compactMapValues { $0 }
            for text in others {
                let words = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard words.count == 2 else { throw ValidationError("--option is \(text), expected NAME=VALUE") }
                guard given.updateValue(words[1], forKey: words[0]) == nil else {
                    throw ValidationError("the option \(words[0]) is given twice")
                }
            }
            return given
        }
    }
}
