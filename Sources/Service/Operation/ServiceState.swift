import Synchronization

/// Whether the service can do its work.
final class ServiceState: Sendable {
    private let reason = Mutex<String?>(nil)

    /// Nil where it can.
    var whyUnready: String? { reason.withLock { $0 } }

    func end(_ why: String) { reason.withLock { if $0 == nil { $0 = why } } }
}
