import Synchronization
import Touchpoints

/// A clock that a test sets.
final class TestClock: Sendable {
    private let value: Mutex<Timestamp>

    init(_ text: String) { value = Mutex(Self.time(text)) }

    var now: Timestamp { value.withLock { $0 } }
    func set(_ text: String) { value.withLock { $0 = Self.time(text) } }
    func advance(by duration: Elapsed) { value.withLock { $0 = $0 + duration } }

    private static func time(_ text: String) -> Timestamp { try! Timestamp(rfc3339: text) }
}
