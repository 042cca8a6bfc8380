import Touchpoints

/// The alias that a subject, or another text that names a customer, stands for.
struct Alias: Equatable {
    var kind: [UInt8]
    var value: [UInt8]

    /// Refuses an alias without a value.
    ///
    /// - Parameter kindOfSource: the kind that the policy gives to bare values of the event's source.
    init(
        text: [UInt8], field: String, source: [UInt8], kindOfSource: (String) -> String?
    ) throws(Refusal) {
        if let colon = Self.colon(in: text.span) {
            kind = Array(text[..<colon])
            value = Array(text[(colon + 1)...])
        } else {
            kind = Self.kind(ofBareIn: source, kindOfSource)
            value = text
        }
        try Self.check(valueCount: value.count, field: field)
    }

    static func check(valueCount: Int, field: String) throws(Refusal) {
        if valueCount == 0 { throw Refusal(field: field, reason: "an alias needs a value behind its kind") }
    }

    /// The colon behind the kind of a text `kind:value`; nil for a bare value.
    static func colon(in text: Span<UInt8>) -> Int? {
        let end = endOfKind(in: text)
        return end > 0 && end < text.count && text[end] == UInt8(ascii: ":") ? end : nil
    }

    /// Whether the text can be a kind: `[a-z][a-z0-9_]*`.
    static func isKind(_ text: Span<UInt8>) -> Bool { !text.isEmpty && endOfKind(in: text) == text.count }

    /// Where the longest kind ends that the text begins with; 0 if it begins with none.
    private static func endOfKind(in text: Span<UInt8>) -> Int {
        guard !text.isEmpty, isLetter(text[0]) else { return 0 }
        var at = 1
        while at < text.count,
            isLetter(text[at]) || text[at] &- UInt8(ascii: "0") < 10 || text[at] == UInt8(ascii: "_")
        {
            at += 1
        }
        return at
    }

    /// The kind of bare values: what the policy says, else `id@` and the source, its colons written `%3A`, so that the
    /// first colon of the alias ends its kind.
    static func kind(ofBareIn source: [UInt8], _ kindOfSource: (String) -> String?) -> [UInt8] {
        if let named = kindOfSource(String(decoding: source, as: UTF8.self)) { return Array(named.utf8) }
        var kind = Array("id@".utf8)
        for byte in source {
            if byte == UInt8(ascii: ":") { kind += "%3A".utf8 } else { kind.append(byte) }
        }
        return kind
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }
}

/// The kinds of bare values of the sources that were met, so that the policy is not asked again for each event.
struct KindsOfSources {
    /// Beyond that many sources the policy is asked each time.
    private static let limit = 32
    private var known: [(source: [UInt8], kind: [UInt8])] = []

    /// The kind of a source that was met before.
    func kind(ofBareIn source: Span<UInt8>) -> [UInt8]? {
        for row in known where row.source.count == source.count && source.starts(with: row.source) { return row.kind }
        return nil
    }

    /// The kind of another source.
    mutating func learn(_ source: [UInt8], _ kindOfSource: (String) -> String?) -> [UInt8] {
        let kind = Alias.kind(ofBareIn: source, kindOfSource)
        if known.count < Self.limit { known.append((source, kind)) }
        return kind
    }
}
