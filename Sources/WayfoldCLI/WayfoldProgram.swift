import ArgumentParser
import Glibc
public import Projections
import Wayfold
import Wayfold

/// The program `wayfold` with the views of a catalogue.
///
/// A program with a view of your own is this, and nothing else:
///
/// ```swift
/// import Wayfold
/// import WayfoldCLI
///
/// await WayfoldProgram.main(catalogue: Catalogue.standard + [Visits.self])
/// ```
public enum WayfoldProgram {
    /// The views of the program that runs.
    @TaskLocal static var catalogue = Catalogue([])
    /// What folds the views of a folder that is written to; nil: this program. Tests put another one in its place.
    @TaskLocal static var worker: [String]?

    /// Does what the command line says and ends the process: 0 done, 1 failed, 2 wrong usage, 3 a check found a
    /// difference.
    public static func main(catalogue: Catalogue) async {
        // A reader that goes away is seen by the write that fails.
        signal(SIGPIPE, SIG_IGN)
        let arguments = CommandLine.arguments
        if arguments.count > 1, arguments[1] == FoldWorker.argument {
            exit(FoldWorker.run(Array(arguments.dropFirst(2)), catalogue: catalogue))
        }
        let status = await run(
            Array(arguments.dropFirst()), catalogue: catalogue, console: .standard, beforeReading: TrapNotice.install)
        exit(status.rawValue)
    }

    /// Does what the arguments say; calls `beforeReading` before a command that folds in this process.
    static func run(
        _ arguments: [String], catalogue: Catalogue, console: Console, beforeReading: () -> Void = {}
    ) async -> ProgramStatus {
        await Console.$current.withValue(console) {
            await $catalogue.withValue(catalogue) {
                do {
                    var command = try WayfoldCommand.parseAsRoot(arguments)
                    if var command = command as? any AsyncParsableCommand {
                        try await command.run()
                    } else {
                        // What reads runs at once; what writes is asynchronous, and folds in another process.
                        beforeReading()
                        try command.run()
                    }
                    return .done
                } catch {
                    return ProgramStatus.report(error, on: console)
                }
            }
        }
    }
}
