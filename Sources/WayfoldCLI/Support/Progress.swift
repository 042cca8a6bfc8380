import Projections
import Synchronization
import Touchpoints

/// Tells people how far long work has come: rate, share and time left. May be told from any thread.
///
/// On a terminal one line that is written over, after half a second; otherwise a line every ten seconds.
final class Progress: Sendable {
    private struct State {
        var start: ContinuousClock.Instant
        var lastShown: ContinuousClock.Instant?
        var shownLength = 0
    }

    private let what: String
    private let unit: String
    private let console: Console
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state: Mutex<State>

    /// - Parameters:
    ///   - what: what is done, as `importing`.
    ///   - unit: what is counted, as `events`.
    init(
        _ what: String, unit: String, on console: Console = .current,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.what = what
        self.unit = unit
        self.console = console
        self.now = now
        state = Mutex(State(start: now()))
    }

    /// Shows where the work stands, when it is time to.
    ///
    /// - Parameters:
    ///   - done: of the unit, which the rate counts.
    ///   - share: 0...1, of the whole work; nil where the whole is not known.
    func update(done: Int, share: Double?) {
        let time = now()
        state.withLock { state in
            let isFirst = state.lastShown == nil
            let wait: Duration = console.areRemarksOnTerminal ? .milliseconds(isFirst ? 500 : 100) : .seconds(10)
            guard time - (state.lastShown ?? state.start) >= wait else { return }
            state.lastShown = time
            let line = Self.line(what, unit, done: done, share: share, elapsed: time - state.start)
            guard console.areRemarksOnTerminal else { return console.remark(line) }
            console.remarks("\r" + line + String(repeating: " ", count: max(0, state.shownLength - line.count)))
            state.shownLength = line.count
        }
    }

    /// Shows a position on the way to the head of the log.
    func update(_ position: Position, of head: Position) {
        update(done: Int(position.rawValue), share: Double(position.rawValue) / Double(max(1, head.rawValue)))
    }

    /// Shows how far views are that are replayed one after the other: one way over the log for each.
    func follow(_ answers: ViewAnswers, viewCount: Int) {
        var begun: [String] = []
        answers.replaying = { view, position, end in
            if begun.last != view { begun.append(view) }
            self.update(
                Position(UInt64(begun.count - 1) * end.rawValue + position.rawValue),
                of: Position(UInt64(max(viewCount, begun.count)) * end.rawValue))
        }
    }

    /// Takes the line away from the terminal.
    func end() {
        state.withLock { state in
            guard state.shownLength > 0 else { return }
            console.remarks("\r" + String(repeating: " ", count: state.shownLength) + "\r")
            state.shownLength = 0
        }
    }
}

/// The words.
extension Progress {
    /// `importing: 42 %, 120000 events, 95000 events/s, 0:12 left`.
    static func line(_ what: String, _ unit: String, done: Int, share: Double?, elapsed: Duration) -> String {
        let seconds = elapsed / .seconds(1)
        var text = what + ":"
        if let share { text += " \(Int(min(1, max(0, share)) * 100)) %," }
        text += " \(done) \(unit)"
        if seconds > 0 { text += ", \(Int(Double(done) / seconds)) \(unit)/s" }
        // A guess from almost nothing would only mislead.
        if let share, share > 0.005, share <= 1 { text += ", \(clock(seconds * (1 - share) / share)) left" }
        return text
    }

    /// `1:02:03`, `2:03`.
    private static func clock(_ seconds: Double) -> String {
        func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let whole = Int(seconds.rounded(.up))
        let (hours, minutes) = (whole / 3_600, whole / 60 % 60)
        return (hours > 0 ? "\(hours):\(padded(minutes))" : "\(minutes)") + ":" + padded(whole % 60)
    }
}
