import EventLog
import Touchpoints

@testable import Projections

extension World {
    /// A log that ends with the given position of the whole one, and has never held more.
    func journal(through end: Position) async throws -> Journal {
        let journal = try await Journal()
        try await write(to: journal, through: end)
        return journal
    }

    /// Appends what a log that was begun does not hold yet, in the same commits.
    func write(to journal: Journal, through end: Position = Position(.max)) async throws {
        var next = Position(2)
        for commit in commits where journal.log.head < end {
            var options = AppendOptions()
            if commit.isImport { options.recordedTime = .occurred }
            let held = Int(min(UInt64(commit.happenings.count), journal.log.head.next.rawValue - next.rawValue))
            next = Position(next.rawValue + UInt64(commit.happenings.count))
            let room = Int(clamping: end.rawValue - journal.log.head.rawValue)
            let happenings = commit.happenings.dropFirst(held).prefix(room)
            if !happenings.isEmpty { try await journal.append(Array(happenings), now: commit.now, options) }
        }
    }
}

extension Journal {
    /// The rows of an answer, and where it stands.
    func ask(_ question: Question, _ catalogue: Catalogue) throws -> (rows: [Row], answer: Answer) {
        var rows: [Row] = []
        let answers = try ViewAnswers(folder: folder, catalogue: catalogue)
        let answer = try answers.answer(question) { rows.append($0) }
        return (rows, answer)
    }
}
