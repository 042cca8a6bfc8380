import EventLog
import Foundation
public import Projections
public import Touchpoints

/// Folds views of a log into a folder of their own, beside whoever writes the log.
///
/// ```swift
/// let job = try ReplayJob(of: answers, under: SupposedPolicy(yaml: text), into: "what-if")
/// let outcomes = try job.run(["loyalty"])
/// ```
/// One that was interrupted is gone on with by the same call, to the position that it was to reach. One job at a time can work
/// on a folder.
public final class ReplayJob {
    /// What the views answer; set their `replaying` to be told how far the work is.
    public let answers: ViewAnswers
    private let path: String
    private var file: ReplayFile
    private let lock: CInt

    /// - Parameters:
    ///   - source: the answers about the log.
    ///   - first: where the replay begins.
    ///   - position: where it ends; nil: at the head, or where the one ends that was begun in the folder.
    ///   - policy: in the place of the log's own; nil: those.
    ///   - path: a folder that is not there, is empty, or holds the same replay.
    /// - Throws: ``ReplayError`` where the folder holds something else, or another process works on it.
    public init(
        of source: ViewAnswers, from first: Position = Position(1), at position: Position? = nil,
        under policy: SupposedPolicy? = nil, into path: String
    ) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileError(path: path, code: errno) }
        lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw FileError(path: path, code: errno) }
        self.path = path
        var isBegun = false
        do {
            guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
                throw ReplayError("another process is making the replay in \(path)")
            }
            var file = try ReplayFile(of: source, from: first, at: position ?? source.head, policy)
            if let begun = try ReplayFile(in: path) {
                try begun.checkGoesOn(as: file, in: path, anyPosition: position == nil)
                (file, isBegun) = (begun, true)
            } else if let other = try FileManager.default.contentsOfDirectory(atPath: path).first(where: {
                !$0.hasPrefix(ReplayFile.name)
            }) {
                throw ReplayError("\(path) is no replay, and not empty: it holds \(other)")
            }
            if !isBegun {
                // Said before anything is written: what cannot be supposed leaves no folder that says so.
                _ = try file.scenario
                try file.write(in: path)
            }
            self.file = file
            guard let folder = try ReplayFolder(openingAt: path) else { throw ReplayError("\(path) has gone") }
            answers = try folder.answers(source.catalogue)
        } catch {
            giveBackLock(lock)
            throw error
        }
    }

    deinit { giveBackLock(lock) }

    /// Where the replay ends.
    public var position: Position { Position(file.position) }

    /// Folds views that are not whole there, one after the other; reads through those that are.
    public func run(_ views: [String]) throws -> [ReplayOutcome] {
        for view in views where !file.views.contains(where: { $0.view == view }) {
            file.views.append(.init(view: view, version: 0))
        }
        try file.write(in: path)
        return try views.map { view in
            let outcome = try answers.makeReplay(of: view)
            let index = file.views.firstIndex { $0.view == view }!
            file.views[index] = .init(view: view, version: outcome.version, digest: "\(outcome.digest)")
            try file.write(in: path)
            return outcome
        }
    }
}

extension ReplayFile {
    /// - Throws: ``ReplayError`` where this is not what `asked` is, but for its position where any will do that this one has
    ///   still to reach.
    fileprivate func checkGoesOn(as asked: ReplayFile, in path: String, anyPosition: Bool) throws(ReplayError) {
        guard foldsAs(asked) else {
            throw ReplayError("\(path) holds another replay: of another log or policy, or from another position on")
        }
        if position == asked.position || anyPosition && !isFinished { return }
        throw ReplayError(
            "\(path) holds a replay that ends at position \(position), not \(asked.position): name another folder")
    }
}
