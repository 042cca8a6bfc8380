import Touchpoints

/// The alias that a subject stands for.
struct Alias: Equatable {
    var kind: [UInt8]
    var value: [UInt8]
    /// Whether the subject is not `kind:value`, but a bare value that took the kind of its source.
    var isBare: Bool

    /// - Parameter kindOfSource: the kind that the policy gives to bare values of the event's source.
    init(subject: [UInt8], source: [UInt8], kindOfSource: (String) -> String?) {
        if let colon = subject.firstIndex(of: UInt8(ascii: ":")), Self.isKind(subject[..<colon]) {
            self.init(kind: Array(subject[..<colon]), value: Array(subject[(colon + 1)...]), isBare: false)
            return
        }
        let named = kindOfSource(String(decoding: source, as: UTF8.self)).map { Array($0.utf8) }
        self.init(kind: named ?? Self.kind(ofUnnamed: source), value: subject, isBare: true)
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
