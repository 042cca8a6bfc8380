import Foundation
import HTTPTypes

/// What a request shows to prove who sends it: a key or a token.
struct Credential: Sendable, Equatable {
    let secret: String
    /// It came as `Basic`, which browsers send by themselves to wherever it was typed in once.
    let isBasic: Bool

    /// Reads `Authorization`: `Bearer SECRET`, or `Basic` with the key as the name (as Segment's libraries send their write
    /// key) or as the password (as browsers ask for it).
    ///
    /// - Returns: nil where there is no such header.
    /// - Throws: ``Problem`` where it cannot be read.
    static func read(_ fields: HTTPFields) throws(Problem) -> Credential? {
        guard let header = fields[.authorization] else { return nil }
        // By bytes, since every request is read here.
        let words = header.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1).compactMap { Substring($0) }
        guard words.count == 2 else { throw unreadable }
        switch words[0].lowercased() {
        case "bearer": return Credential(secret: String(words[1]), isBasic: false)
        case "basic":
            guard let bytes = Data(base64Encoded: String(words[1])),
                let text = String(validating: bytes, as: UTF8.self),
                let colon = text.firstIndex(of: ":")
            else { throw unreadable }
            let (name, password) = (text[..<colon], text[text.index(after: colon)...])
            return Credential(secret: String(password.isEmpty ? name : password), isBasic: true)
        default: throw unreadable
        }
    }

    private static var unreadable: Problem {
        Problem(.unauthorized, "Authorization is neither \"Bearer KEY\" nor \"Basic\" with the key as name or password")
            .asking()
    }
}

extension Problem {
    /// The same, with the ways in which a caller can say who it is.
    func asking() -> Problem {
        var problem = self
        // Two headers, since browsers read one way out of each.
        problem.headers[values: .wwwAuthenticate] = [
            "Basic realm=\"wayfold\", charset=\"UTF-8\"", "Bearer realm=\"wayfold\"",
        ]
        return problem
    }
}
