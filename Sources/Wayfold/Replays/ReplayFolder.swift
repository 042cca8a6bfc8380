import EventLog
import Foundation
public import Projections
public import Touchpoints

/// A folder with what a replay has folded, beside the data folder whose log it reads: views at a position of that log, under
/// its policies or another one.
///
/// ```swift
/// let answers = try ReplayFolder(openingAt: "what-if").answers(.standard)
/// ```
/// What is answered is answered as from a data folder, at that position and before. Names and events are read from the log.
public struct ReplayFolder: Sendable {
    public let path: String
    private let file: ReplayFile

    /// The end of the replay.
    public var position: Position { Position(file.position) }
    /// The policy in the place of the log's own; nil: those.
    public let policy: SupposedPolicy?

    /// Nil where no replay lies at the path.
    ///
    /// - Throws: ``ReplayError`` where what lies there cannot be read.
    public init?(openingAt path: String) throws {
        guard let file = try ReplayFile(in: path), let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        self.path = String(cString: resolved)
        self.file = file
        policy = try file.supposedPolicy
    }

    /// The answers of the replay. A view that it does not hold, or that another version made, is folded when it is asked.
    ///
    /// - Throws: ``ReplayError`` where the log is not where it was, or is another one.
    public func answers(_ catalogue: Catalogue) throws -> ViewAnswers {
        let folder: DataFolder
        do {
            folder = try DataFolder(openingAt: file.log)
        } catch {
            throw ReplayError("the log that \(path) was made from cannot be read: \(error)")
        }
        let answers = try ViewAnswers(
            folder: folder, catalogue: catalogue, scenario: file.scenario, keptAt: path + "/views")
        guard answers.log.head >= position, try ReplayFile.record(at: position, in: answers.log) == file.record else {
            throw ReplayError("\(file.log) holds another log than the one that \(path) was made from")
        }
        return answers
    }
}
