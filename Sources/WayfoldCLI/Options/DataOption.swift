import ArgumentParser
import EventLog
import Glibc

/// The option `--data` of every command that reads or writes a data folder.
struct DataOption: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp("The data folder. (default: $WAYFOLD_DATA, else ./wayfold-data)", valueName: "dir"))
    var given: String?

    var path: String { given ?? Console.current.environment("WAYFOLD_DATA") ?? "./wayfold-data" }

    /// The folder, which must be there.
    func open() throws -> DataFolder {
        guard let folder = try openIfThere() else {
            throw Failure("there is no data folder \(path): `wayfold import` makes one, --data names another")
        }
        return folder
    }

    /// The folder; nil where nothing stands at the path.
    func openIfThere() throws -> DataFolder? { access(path, F_OK) == 0 ? try DataFolder(openingAt: path) : nil }
}
