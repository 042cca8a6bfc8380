import ArgumentParser
import EventLog
import Projections
import Touchpoints
import Wayfold

struct TickCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tick",
        abstract: "Let time pass: bring the log's clock to now, or to a time.",
        discussion: """
            Example: after importing the past, see everybody as of today; or as of the end of June.

              wayfold tick
              wayfold tick --to 1998-06-30

            The clock is the greatest recorded time of the log. What is due by the new one happens: points expire, \
            customers fall asleep. It never goes back, and never beyond now.
            """)

    @OptionGroup var data: DataOption

    @Option(
        help: ArgumentHelp("After the clock, not later than now: RFC 3339, or a date for its end.", valueName: "time"),
        transform: TimeArgument.init)
    var to: TimeArgument?

    @Flag(name: .customLong("dry-run"), help: "Only say how the clock would move.")
    var isDryRun = false

    func run() async throws {
        let (before, time) = try plan()
        if isDryRun { return try report(before, time ?? SystemClock.now(), nil) }
        let session = try await WriteSession.open(data)
        let position = try await session.tick(to: time)
        let after = try LogReader(folder: session.folder).recordedTime(at: position)
        try await session.finishWithProgress()
        try report(before, after, position)
    }

    /// The clock, and the time that is asked for. The log is closed again: a process opens it for writing first.
    private func plan() throws -> (before: Timestamp, time: Timestamp?) {
        let answers = try ViewAnswers(folder: data.open(), catalogue: WayfoldProgram.catalogue)
        let before = answers.log.clock
        guard let time = try to.map({ try answers.upperBound(of: $0) }) else { return (before, nil) }
        guard time > before else { throw UsageError("the clock stands at \(before) already, not before \(time)") }
        let now = SystemClock.now()
        guard time <= now else { throw UsageError("\(time) is later than now, \(now)") }
        return (before, time)
    }

    private func report(_ before: Timestamp, _ after: Timestamp, _ position: Position?) throws {
        try Report.fields([
            ("clock_before", .value(.time(before))), ("clock_after", .value(.time(after))),
            ("position", position.map { .integer($0.rawValue) } ?? .value(.null)), ("dry_run", .value(.flag(isDryRun))),
        ]).writeAsUsual()
    }
}
