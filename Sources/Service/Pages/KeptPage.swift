import Synchronization
import Touchpoints

/// A page that takes long to make, kept for those who ask next.
///
/// It is made again when the log has gone on, but no more often than that one part in ten of the time goes into it; so
/// it can be some seconds old, and says where it stands. Who asks while it is made waits for that.
final class KeptPage: Sendable {
    struct Page: Sendable {
        let html: String
        let position: Position
    }

    private struct Kept: Sendable {
        let page: Page
        let tag: String
        let end: ContinuousClock.Instant
    }

    private static let leastSeconds = Duration.seconds(5)
    private let kept = Mutex<Kept?>(nil)

    /// - Parameters:
    ///   - tag: what the newest page would be known by.
    ///   - position: it must not stand before.
    func page(
        _ tag: String, notBefore position: Position, now: () -> ContinuousClock.Instant = { .now },
        make: () throws -> Page
    ) throws -> Page {
        // One at a time makes it.
        try kept.withLock { kept in
            let start = now()
            if let kept, kept.page.position >= position, kept.tag == tag || start < kept.end { return kept.page }
            let page = try make()
            let end = now()
            kept = Kept(page: page, tag: tag, end: end + max(Self.leastSeconds, (end - start) * 10))
            return page
        }
    }
}
