import Foundation
import Projections
import Synchronization

/// One run of the fold worker as a child process, spoken to over its standard input and output.
final class WorkerProcess {
    private let process = Process()
    private let commands = Pipe()
    private let replies = Pipe()
    private var buffer: [UInt8] = []

    /// - Parameter command: the program and its arguments.
    init(_ command: [String]) throws {
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        // The backtracer would hold a worker that trapped for seconds.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        process.standardInput = commands
        process.standardOutput = replies
        process.standardError = FileHandle.nullDevice
        // A worker that has ended must not end its owner: writing to it fails instead.
        signal(SIGPIPE, SIG_IGN)
        try process.startAlone()
        try commands.fileHandleForReading.close()
        try replies.fileHandleForWriting.close()
    }

    /// Sends one command line.
    func send(_ line: String) throws { try commands.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) }

    /// The next line of its answer; nil when it has ended. Waits.
    func nextLine() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeSubrange(...end)
                return line
            }
            // Not FileHandle's read, which waits until it has all that it may take.
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = read(replies.fileHandleForReading.fileDescriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }

    /// How it ended. Waits.
    func end() -> End {
        try? commands.fileHandleForWriting.close()
        process.waitUntilExit()
        guard process.terminationReason == .uncaughtSignal else { return .exited(process.terminationStatus) }
        let traps = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]
        return traps.contains(process.terminationStatus) ? .trapped : .killed(process.terminationStatus)
    }

    enum End: Equatable {
        case exited(CInt)
        /// A Swift trap or a fault in memory: the step in hand is to blame.
        case trapped
        /// Somebody's signal: nobody is to blame.
        case killed(CInt)
    }
}

extension Process {
    private static let starting = Mutex(())

    /// Runs it while no other one is being started: two at once would inherit what tells the end of each other, and the one
    /// that ends first would not be seen to.
    func startAlone() throws {
        try Self.starting.withLock { _ in try run() }
    }
}
