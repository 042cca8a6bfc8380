import Synchronization
import Testing

@testable import WayfoldCLI

@Suite struct ProgressTests {
    @Test(arguments: [
        (0.42, 10, "importing: 42 %, 1000 events, 100 events/s, 0:14 left"),
        (nil, 10, "importing: 1000 events, 100 events/s"),
        (0.5, 4_000, "importing: 50 %, 1000 events, 0 events/s, 1:06:40 left"),
        (0, 10, "importing: 0 %, 1000 events, 100 events/s"),
    ])
    func `rate, share and time left are told`(share: Double?, seconds: Int, line: String) {
        #expect(Progress.line("importing", "events", done: 1_000, share: share, elapsed: .seconds(seconds)) == line)
    }

    @Test func `on a terminal one line is written over, and taken away`() {
        let (recorder, time) = (Recorder(), Time())
        let progress = Progress("x", unit: "n", on: recorder.console(isTerminal: true)) { time.now }
        progress.update(done: 1, share: nil)
        #expect(recorder.remarks == "")
        time.advance(by: .milliseconds(500))
        progress.update(done: 2, share: nil)
        time.advance(by: .milliseconds(99))
        progress.update(done: 3, share: nil)
        #expect(recorder.remarks == "\rx: 2 n, 4 n/s")
        progress.end()
        #expect(recorder.remarks == "\rx: 2 n, 4 n/s\r             \r")
    }

    @Test func `in a pipe there is a line every ten seconds`() {
        let (recorder, time) = (Recorder(), Time())
        let progress = Progress("x", unit: "n", on: recorder.console()) { time.now }
        for second in 1...25 {
            time.advance(by: .seconds(1))
            progress.update(done: second, share: nil)
        }
        progress.end()
        #expect(recorder.remarks == "x: 10 n, 1 n/s\nx: 20 n, 1 n/s\n")
    }

    private final class Time: Sendable {
        private let value = Mutex(ContinuousClock.now)
        var now: ContinuousClock.Instant { value.withLock { $0 } }
        func advance(by duration: Duration) { value.withLock { $0 += duration } }
    }
}
