import Foundation

@testable import WayfoldCLI

/// A folder for one test, gone with it.
final class Scratch: Sendable {
    let path: String

    init() throws {
        let root = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
        path = root + "/wayfold-cli-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var data: String { path + "/data" }

    /// Writes a file and gives its path.
    func file(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
        return path + "/" + name
    }

    /// Imports events, one a tuple: alias, type, and what else the line says.
    func `import`(_ events: [(alias: String, type: String, more: String)], source: String = "shop") async throws {
        let lines = events.enumerated().map { index, event in
            #"{"specversion":"1.0","id":"\#(source)-\#(index)","source":"\#(source)","type":"\#(event.type)","#
                + #""subject":"\#(event.alias)","time":"2026-03-0\#(index % 9 + 1)T10:00:00Z"\#(event.more)}"# + "\n"
        }
        let file = try file("\(source).ndjson", lines.joined())
        let (status, _, remarks) = await Recorder.run(["import", "--data", data, file], catalogue: .test)
        guard status == .done else { throw ImportFailed(remarks: remarks) }
    }

    struct ImportFailed: Error { var remarks: String }

    /// Runs a command on the data.
    func run(_ command: String, _ arguments: String...) async -> (
        status: ProgramStatus, output: String, remarks: String
    ) {
        await Recorder.run(
            command.split(separator: " ").map(String.init) + arguments + ["--data", data], catalogue: .test)
    }
}
