import Touchpoints

/// The alias that a subject, or another text that names a customer, stands for.
struct Alias: Equatable {
    var kind: [UInt8]
    var value: [UInt8]
    /// Whether the text is not `kind:value`, but a bare value that took the kind of its source.
    var isBare: Bool

    /// Refuses an alias without a value.
    ///
    /// - Parameter kindOfSource: the kind that the policy gives to bare values of the event's source.
    init(
        text: [UInt8], field: String, source: [UInt8], kindOfSource: (String) -> String?
    ) throws(Refusal) {
        if let colon = text.firstIndex(of: UInt8(ascii: ":")), Self.isKind(text[..<colon]) {
            self.init(kind: Array(text[..<colon]), value: Array(text[(colon + 1)...]), isBare: false)
        } else {
            let named = kindOfSource(String(decoding: source, as: UTF8.self)).map { Array($0.utf8) }
            self.init(kind: named ?? Self.kind(ofUnnamed: source), value: text, isBare: true)
        }
        if value.isEmpty { throw Refusal(field: field, reason: "an alias needs a value behind its kind") }
    }

    private init(kind: [UInt8], value: [UInt8], isBare: Bool) {
        self.kind = kind
        self.value = value
        self.isBare = isBare
    }

    /// `[a-z][a-z0-9_]*`.
    static func isKind(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, isLetter(first) else { return false }
        return text.allSatisfy { isLetter($0) || $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: "_") }
    }

    /// `id@` and the source, its colons written `%3A`, so that the first colon of the alias ends its kind.
    private static func kind(ofUnnamed source: [UInt8]) -> [UInt8] {
        var kind = Array("id@".utf8)
        for byte in source {
            if byte == UInt8(ascii: ":") { kind += "%3A".utf8 } else { kind.append(byte) }
        }
        return kind
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }
}
