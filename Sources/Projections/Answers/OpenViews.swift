import Dispatch
public import EventLog
import Synchronization

/// The views of a folder, opened once and asked from any number of threads at a time: what a service answers from.
///
/// ```swift
/// let views = try OpenViews(folder: DataFolder(openingAt: "wayfold-data"), catalogue: .standard)
/// var question = Question(view: "lifecycle", part: "customers")
/// question.customer = "member:4711"
/// let answer = try views.answer(question) { row in print(row) }
/// ```
/// Every answer stands at the end of the log as it was when it was asked, and names that position. What was opened for one
/// question stays open for the next; as many are open as were asked at once. In the process that writes the folder, open
/// the writer first.
public final class OpenViews: Sendable {
    private let folder: DataFolder
    private let catalogue: Catalogue
    private let idle = Mutex(Idle())

    /// After so long without a question what is open is closed: else writers could not use room again that they free.
    private static let patience = DispatchTimeInterval.seconds(5)

    /// Answers that nobody asks now. Each is handed to one caller at a time, on whatever thread that is.
    private struct Seat: @unchecked Sendable {
        let answers: ViewAnswers
        var lastTick = 0
    }

    private struct Idle: Sendable {
        var seats: [Seat] = []
        /// Counts the looks for what nobody has asked for long.
        var tick = 0
        var isWatched = false
    }

    /// Opens the log; views are opened when first asked. O(events that no run of the log's indexes speaks of).
    public init(folder: DataFolder, catalogue: Catalogue) throws {
        self.folder = folder
        self.catalogue = catalogue
        try read { _ in }
    }

    /// Answers one question, row by row; see ``ViewAnswers/answer(_:columns:emit:)``.
    @discardableResult
    public func answer(
        _ question: Question, columns: ([Column]) throws -> Void = { _ in }, emit: (Row) throws -> Void
    ) throws -> Answer {
        try read { try $0.answer(question, columns: columns, emit: emit) }
    }

    /// Runs `body` with answers that stand at the end of the log, all at one position. They are valid inside only.
    public func read<R>(_ body: (ViewAnswers) throws -> R) throws -> R {
        let answers = try take()
        do {
            let result = try body(answers)
            giveBack(answers)
            return result
        } catch let error as QueryError {
            giveBack(answers)
            throw error
        }
        // What another error has left half done is not used again.
    }

    /// The same, if that takes neither a file that has to be opened nor events that have to be folded first: then it is a
    /// matter of microseconds, and can be done on any thread.
    ///
    /// - Returns: nil where it takes more; then ask ``read(_:)``.
    public func readAtOnce<R>(_ body: (ViewAnswers) throws -> R) throws -> R? {
        guard let seat = idle.withLock({ $0.seats.popLast() }) else { return nil }
        let answers = seat.answers
        func endAtOnce() {
            answers.isAtOnce = false
            giveBack(answers)
        }
        answers.isAtOnce = true
        do {
            let result = answers.isNewest ? try body(answers) : nil
            endAtOnce()
            return result
        } catch let error as QueryError {
            endAtOnce()
            throw error
        } catch is NotAtOnce {
            endAtOnce()
            return nil
        }
    }

    private func take() throws -> ViewAnswers {
        guard let seat = idle.withLock({ $0.seats.popLast() }) else {
            return try ViewAnswers(folder: folder, catalogue: catalogue)
        }
        if !seat.answers.isNewest { try seat.answers.refresh() }
        return seat.answers
    }

    private func giveBack(_ answers: ViewAnswers) {
        let seat = Seat(answers: answers)
        let isWatched = idle.withLock { idle in
            defer { idle.isWatched = true }
            idle.seats.append(seat)
            idle.seats[idle.seats.count - 1].lastTick = idle.tick
            return idle.isWatched
        }
        if !isWatched { watch() }
    }

    /// Closes, as long as anything is open, what nobody has asked since the last look.
    private func watch() {
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) { [weak self] in
            guard let self else { return }
            let (closed, goesOn) = idle.withLock { idle in
                let old = idle.seats.filter { $0.lastTick < idle.tick }
                idle.seats.removeAll { $0.lastTick < idle.tick }
                idle.tick += 1
                idle.isWatched = !idle.seats.isEmpty
                return (old, idle.isWatched)
            }
            // Behind the lock, since it takes a moment.
            _ = consume closed
            if goesOn { watch() }
        }
    }
}
