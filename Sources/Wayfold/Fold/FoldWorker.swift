import Digests
import EventLog
import Foundation
import Glibc
import Projections
import Touchpoints

/// The process that folds the views: reads commands line by line and answers each with lines.
///
/// It is a process of its own since a Swift trap in a projector cannot be caught: it ends this process, the owner of the
/// log goes on, starts another, and the step that ended it is set aside.
///
/// ```
/// follow            fold to the head of the log            -> at POSITION HEAD ..., then done POSITION [WAKE-UP]
/// rebuild rfm ...   make new generations and switch        -> rebuilding VIEW AT OF ..., rebuilt VIEW ..., then done
/// finish            write everything back and end          -> aside VIEW COUNT ..., then done
/// ```
/// WAKE-UP is when the next customer of any view wants to be woken, in microseconds; left out where none does. Any error
/// is a line `failed WORDS`, and the end of the process with status 1.
public enum FoldWorker {
    /// The argument that makes a program of ours a fold worker.
    public static let argument = "_fold"

    /// The command that runs this program as the fold worker of a folder.
    ///
    /// - Parameter memory: bytes that it may take, about.
    public static func command(for path: String, memory: Int = FoldTuning.standardMemory) -> [String] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        precondition(count > 0, "/proc/self/exe cannot be read")
        return [
            String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self), argument, path,
            String(memory),
        ]
    }

    /// Serves commands from standard input until `finish` or its end.
    ///
    /// - Parameters:
    ///   - arguments: those behind ``argument``: the folder's path and the memory in bytes; `--accused` where the worker
    ///     before was seen to end by a trap.
    public static func run(_ arguments: [String], catalogue: Catalogue) -> CInt {
        endWithOwner()
        giveWay()
        guard arguments.count >= 2, let memory = Int(arguments[1]), memory >= FoldTuning.leastMemory else {
            say("failed a fold worker is told a folder and its memory in bytes")
            return 1
        }
        do {
            let folder = try DataFolder(openingAt: arguments[0])
            guard let lock = try ViewsLock(folder) else {
                say("failed another process folds the views of this folder")
                return 1
            }
            try withExtendedLifetime(lock) {
                try serve(
                    FoldEngine(
                        folder: folder, catalogue: catalogue, isAccused: arguments.last == "--accused",
                        tuning: FoldTuning(memory: memory)))
            }
            return 0
        } catch {
            say("failed \("\(error)".split(separator: "\n").joined(separator: " "))")
            return 1
        }
    }

    /// A worker without its owner would be a second writer of the views: it ends as soon as nobody can send it
    /// commands, also in the middle of work.
    private static func endWithOwner() {
        let watcher = Thread {
            var input = pollfd(fd: 0, events: 0, revents: 0)
            while poll(&input, 1, -1) < 0 {}
            _exit(1)
        }
        watcher.start()
    }

    /// Whoever appends and asks goes first where cores are short: views may lag for a moment, since answers fold what they lack.
    /// Of the lanes, too: threads are as nice as the one that starts them.
    private static func giveWay() { _ = nice(5) }

    private static func serve(_ engine: FoldEngine) throws {
        let rebuilding: RebuildProgress = { say("rebuilding \($0) \($1) \($2)") }
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            switch words.first {
            case "follow":
                let head = try engine.catchUp(rebuilding: rebuilding) { say("at \($0) \($1)") }
                say("done \(head)" + (try engine.earliestWakeUp().map { " \($0.rawValue)" } ?? ""))
            case "rebuild":
                for outcome in try engine.rebuild(Array(words.dropFirst()), rebuilding) {
                    say(
                        "rebuilt \(outcome.view) \(outcome.generation) \(outcome.position) \(outcome.digest) "
                            + outcome.comparison.rawValue)
                }
                say("done \(engine.log.head)")
            case "finish":
                let head = try engine.catchUp(rebuilding: rebuilding) { say("at \($0) \($1)") }
                let setAside = engine.setAsideCounts
                try engine.close()
                for (view, count) in setAside.sorted(by: { $0.key < $1.key }) where count > 0 {
                    say("aside \(view) \(count)")
                }
                say("done \(head)")
                return
            default: throw StateError("an unknown command: \(line)")
            }
        }
        try engine.close()
    }

    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }
}

/// Only one process folds the views of a folder; the next waits a moment for the one before to end.
struct ViewsLock: ~Copyable {
    private let descriptor: CInt

    init?(_ folder: DataFolder) throws {
        mkdir(folder.viewsPath, 0o700)
        let path = folder.viewsPath + "/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
        for _ in 0..<100 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
            usleep(50_000)
        }
        close(descriptor)
        return nil
    }

    deinit { close(descriptor) }
}
