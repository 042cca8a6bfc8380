/// Tells programs from people by pieces of what they say of themselves, in small or capital letters.
struct AgentPatterns {
    private let pieces: [[UInt8]]

    /// - Parameter pieces: in small letters, none empty.
    init(_ pieces: [String]) { self.pieces = pieces.map { Array($0.utf8) } }

    /// Whether one of the pieces stands in the text. O(the text's bytes x the pieces).
    func contain(_ agent: [UInt8]) -> Bool {
        let small = agent.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }
        return pieces.contains { Self.stands($0.span, in: small.span) }
    }

    private static func stands(_ piece: Span<UInt8>, in text: Span<UInt8>) -> Bool {
        guard piece.count <= text.count else { return false }
        for start in 0...text.count - piece.count where text[start] == piece[0] {
            var count = 1
            while count < piece.count, text[start + count] == piece[count] { count += 1 }
            if count == piece.count { return true }
        }
        return false
    }
}
