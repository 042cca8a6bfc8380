import Foundation

@testable import Wayfold

/// The program `wayfold` that was built beside the tests.
struct Program: Sendable {
    /// nil where only the tests were built.
    static let built: Program? = {
        let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: tests ?? "/").deletingLastPathComponent().path + "/wayfold"
        return FileManager.default.isExecutableFile(atPath: path) ? Program(path: path) : nil
    }()

    let path: String

    struct Failed: Error {
        var arguments: [String]
        var status: Int32
    }

    /// Starts it with its output into a new file, or nowhere.
    func start(_ arguments: [String], output: String? = nil) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        if let output {
            _ = FileManager.default.createFile(atPath: output, contents: nil)
            process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        }
        process.standardError = FileHandle.nullDevice
        try process.startAlone()
        return process
    }

    /// Runs it to its end and gives what it wrote.
    func run(_ arguments: String..., output: String) throws -> String {
        let process = try start(arguments, output: output)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(arguments: arguments, status: process.terminationStatus)
        }
        return try String(contentsOfFile: output, encoding: .utf8)
    }
}
