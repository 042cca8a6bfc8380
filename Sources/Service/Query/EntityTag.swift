import Digests
import EventLog
import HTTPTypes
import Hummingbird
import Projections
import Wayfold

/// What an answer is known by: the same as long as the answer is, by generations, position, policy and what was asked.
struct EntityTag: Sendable {
    /// Weak, since gzipped or not it is the same.
    let text: String
    /// The head of the log.
    private let position: String

    /// - Parameters:
    ///   - views: those that the answer is made of.
    ///   - fingerprint: tells the request from others that are answered otherwise.
    init(_ answers: ViewAnswers, views: [String], _ workspace: Workspace, _ fingerprint: String) throws {
        position = "\(answers.log.head)"
        var key = position
        for view in views { key += " \(try answers.liveGeneration(of: view))" }
        key += " \(answers.activePolicy?.position ?? .start) \(answers.log.epoch) "
        key += workspace.name
        key += " "
        key += fingerprint
        let digest = "\(SHA256.digest(of: Array(key.utf8)))"
        text = "W/\"" + position + "-" + digest.prefix(16) + "\""
    }

    /// Whether `If-None-Match` names the tag, strong or weak (RFC 9110, 13.1.2).
    func isNamed(in condition: String?) -> Bool {
        guard let condition else { return false }
        func opaque(_ text: some StringProtocol) -> String {
            let tag = String(text.filter { $0 != " " })
            return tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
        }
        return condition.split(separator: ",").map(opaque).contains(opaque(text))
    }

    /// What answers with a tag vary by.
    static let vary = "Accept, Accept-Encoding, Authorization"

    /// With what the answer itself would say to caches (RFC 9110, 15.4.5).
    var notModified: Response {
        Response(
            status: .notModified,
            headers: [.eTag: text, .cacheControl: "private, no-cache", .vary: Self.vary, .position: position])
    }
}
