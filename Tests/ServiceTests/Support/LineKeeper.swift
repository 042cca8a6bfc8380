import Foundation
import Synchronization

/// Keeps the lines of a log.
final class LineKeeper: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    func keep(_ line: String) { kept.withLock { $0.append(line) } }

    /// The entries with a message.
    func entries(_ message: String) throws -> [[String: String]] {
        try lines.compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String]
        }.filter { $0["message"] == message }
    }
}
