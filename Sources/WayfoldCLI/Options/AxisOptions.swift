import ArgumentParser
import Wayfold

/// The two time axes of an answer: how it was, and how it was known.
struct AxisOptions: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("How it was then: RFC 3339, or a date for its end.", valueName: "time"),
        transform: TimeArgument.init)
    var asOf: TimeArgument?

    @Option(
        name: .customLong("as-known"),
        help: ArgumentHelp(
            "How it was known at a position, or by a time: RFC 3339, or a date for its end.",
            valueName: "position|time"),
        transform: PositionArgument.init)
    var asKnown: PositionArgument?

    var axes: Axes { Axes(asOf: asOf, asKnown: asKnown) }
}
