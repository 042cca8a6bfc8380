import Foundation
import Simulation

/// Processes that share the seeds out among them: a world that ends its process takes only its own along.
final class Crew {
    struct Failure {
        var seed: Int
        var what: String
        /// The process ended; nothing can be tried in this one.
        var isTrap: Bool
    }

    private final class Member {
        let process = Process()
        let pipe = Pipe()
        var buffer: [UInt8] = []
        var seed = 0
        var isDone = false
        var descriptor: CInt { pipe.fileHandleForReading.fileDescriptor }
    }

    private(set) var counts = ExerciseCounts()
    private let arguments: Arguments
    private var members: [Member] = []
    private var failures: [Failure] = []
    private var begun = 0
    private let start = ContinuousClock.now
    private var lastProgress = ContinuousClock.now

    init(_ arguments: Arguments) { self.arguments = arguments }

    /// Runs until all are done or one has failed.
    func run() -> [Failure] {
        for stripe in 0..<arguments.jobs { members.append(begin(stripe)) }
        while !members.isEmpty, failures.isEmpty {
            var waiting = members.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            guard poll(&waiting, nfds_t(waiting.count), 1_000) >= 0 || errno == EINTR else { break }
            for (index, entry) in waiting.enumerated().reversed() where entry.revents != 0 { read(from: index) }
            showProgress()
        }
        for member in members { member.process.terminate() }
        return failures
    }

    private func begin(_ stripe: Int) -> Member {
        let member = Member()
        member.process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        member.process.arguments = [
            "--stripe", "\(stripe)", "--jobs", "\(arguments.jobs)", "--from", "\(arguments.from)", "--seeds",
            "\(arguments.seeds)",
        ]
        member.process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) {
            $1
        }
        member.process.standardOutput = member.pipe
        do { try member.process.run() } catch { fatalError("no process for the worlds: \(error)") }
        try? member.pipe.fileHandleForWriting.close()
        return member
    }

    private func read(from index: Int) {
        let member = members[index]
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(member.descriptor, &chunk, chunk.count)
        if count < 0, errno == EINTR { return }
        guard count > 0 else {
            members.remove(at: index)
            member.process.waitUntilExit()
            if !member.isDone {
                let what = "the process ended with \(member.process.terminationStatus)"
                failures.append(Failure(seed: member.seed, what: what, isTrap: true))
            }
            return
        }
        member.buffer += chunk[..<count]
        while let end = member.buffer.firstIndex(of: 10) {
            take(String(decoding: member.buffer[..<end], as: UTF8.self), member)
            member.buffer.removeSubrange(...end)
        }
    }

    private func take(_ line: String, _ member: Member) {
        let words = line.split(separator: " ", maxSplits: 2)
        switch words.first {
        case "begin":
            member.seed = Int(words[1]) ?? 0
            begun += 1
        case "fail":
            member.isDone = true
            failures.append(Failure(seed: member.seed, what: String(words.last!), isTrap: false))
        case "done":
            member.isDone = true
            counts += ExerciseCounts(line.dropFirst(5)) ?? ExerciseCounts()
        default: break
        }
    }

    private func showProgress() {
        guard ContinuousClock.now - lastProgress > .seconds(5) else { return }
        lastProgress = ContinuousClock.now
        let seconds = max(1, (lastProgress - start).components.seconds)
        say("\(begun) of \(arguments.seeds) seeds, \(Int64(begun) / seconds) a second", to: STDERR_FILENO)
    }
}
