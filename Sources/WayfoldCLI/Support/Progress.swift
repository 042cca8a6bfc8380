/// Tells people how far long work has come: rate, share and time left.
///
/// On a terminal one line that is written over, after half a second; otherwise a line every ten seconds.
final class Progress {
    private let what: String
    private let unit: String
    private let console: Console
    private let now: () -> ContinuousClock.Instant
    private let start: ContinuousClock.Instant
    private var lastShown: ContinuousClock.Instant?
    private var shownLength = 0

    /// - Parameters:
    ///   - what: what is done, as `importing`.
    ///   - unit: what is counted, as `events`.
    init(
        _ what: String, unit: String, on console: Console = .current,
        now: @escaping () -> ContinuousClock.Instant = { .now }
    ) {
        self.what = what
        self.unit = unit
        self.console = console
        self.now = now
        start = now()
    }

    /// Shows where the work stands, when it is time to.
    ///
    /// - Parameters:
    ///   - done: of the unit, which the rate counts.
    ///   - share: 0...1, of the whole work; nil where the whole is not known.
    func update(done: Int, share: Double?) {
        let time = now()
        let wait: Duration =
            console.areRemarksOnTerminal ? (lastShown == nil ? .milliseconds(500) : .milliseconds(100)) : .seconds(10)
        guard time - (lastShown ?? start) >= wait else { return }
        lastShown = time
        let line = Self.line(what, unit, done: done, share: share, elapsed: time - start)
        guard console.areRemarksOnTerminal else { return console.remark(line) }
        console.remarks("\r" + line + String(repeating: " ", count: max(0, shownLength - line.count)))
        shownLength = line.count
    }

    /// Takes the line away from the terminal.
    func end() {
        guard shownLength > 0 else { return }
        console.remarks("\r" + String(repeating: " ", count: shownLength) + "\r")
        shownLength = 0
    }

    /// `importing: 42 %, 120000 events, 95000 events/s, 0:12 left`.
    static func line(_ what: String, _ unit: String, done: Int, share: Double?, elapsed: Duration) -> String {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        var text = what + ":"
        if let share { text += " \(Int(min(1, max(0, share)) * 100)) %," }
        text += " \(done) \(unit)"
        if seconds > 0 { text += ", \(Int(Double(done) / seconds)) \(unit)/s" }
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
