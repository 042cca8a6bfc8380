import ArgumentParser
import EventLog
import Glibc
import Projections
import Wayfold

/// The option `--data` of every command that reads or writes a data folder.
struct DataOption: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp("The data folder. (default: $WAYFOLD_DATA, else ./wayfold-data)", valueName: "dir"))
    var given: String?

    init() {}

    /// The folder at a path.
    init(at path: String) { given = path }

    var path: String { given ?? Console.current.environment("WAYFOLD_DATA") ?? "./wayfold-data" }

    /// The folder, which must be there.
    func open() throws -> DataFolder {
        guard let folder = try openIfThere() else {
            throw Failure("there is no data folder \(path): `wayfold import` makes one, --data names another")
        }
        return folder
    }

    /// The folder; nil where nothing stands at the path.
    func openIfThere() throws -> DataFolder? {
        guard access(path, F_OK) == 0 else { return nil }
        if try replay() != nil {
            throw Failure("\(path) is a replay, which query, customer and export read, and `wayfold replay --diff`")
        }
        return try DataFolder(openingAt: path)
    }

    /// The replay that lies there; nil where none does.
    func replay() throws -> ReplayFolder? { try ReplayFolder(openingAt: path) }

    /// The answers of a data folder, or of a replay.
    func answers() throws -> ViewAnswers {
        if let replay = try replay() { return try replay.answers(WayfoldProgram.catalogue) }
        return try ViewAnswers(folder: open(), catalogue: WayfoldProgram.catalogue)
    }
}
