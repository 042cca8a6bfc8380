import Foundation
import Glibc

/// Figures as one line of JSON on standard output, as the runner reads them.
struct Figures {
    private var members: [String] = []

    mutating func add(_ name: String, _ value: Double) { members.append("\"\(name)\": \(value)") }
    mutating func add(_ name: String, _ value: Int) { members.append("\"\(name)\": \(value)") }

    func print() { Swift.print("{" + members.joined(separator: ", ") + "}") }
}

enum Measured {
    /// Seconds that `body` takes.
    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return seconds(since: start)
    }

    static func seconds(since start: ContinuousClock.Instant) -> Double { (ContinuousClock.now - start) / .seconds(1) }

    /// CPU seconds of this process so far, of all its threads.
    static func processorSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The memory of this process at present, without mapped files.
    static func anonymousBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        return 1_024 * (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
    }
}
