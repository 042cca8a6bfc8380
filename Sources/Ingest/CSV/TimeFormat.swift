import Touchpoints

/// How a column writes times.
enum TimeFormat: Sendable, Equatable {
    case rfc3339
    /// Seconds since 1970-01-01T00:00:00Z, with a fraction if there is one.
    case unixSeconds
    case unixMillis
    /// `yyyy MM M dd d HH H mm ss SSS XXX`, letters in single quotes and other characters standing for themselves.
    case pattern([Token], text: String)

    enum Token: Sendable, Equatable {
        case literal(UInt8)
        /// A number with so many digits.
        case field(Field, digits: ClosedRange<Int>)
        /// `Z`, `+01:00` or `+0100`.
        case offset
    }

    enum Field: Sendable, Equatable {
        case year, month, day, hour, minute, second, fraction
    }

    /// Reads the word of a mapping file; nil if it is no format, or a pattern without year, month and day.
    init?(_ text: String) {
        switch text {
        case "rfc3339": self = .rfc3339
        case "unixSeconds": self = .unixSeconds
        case "unixMillis": self = .unixMillis
        default:
            guard let tokens = Self.tokens(text) else { return nil }
            self = .pattern(tokens, text: text)
        }
    }

    /// As a mapping names it.
    var text: String {
        switch self {
        case .rfc3339: "rfc3339"
        case .unixSeconds: "unixSeconds"
        case .unixMillis: "unixMillis"
        case .pattern(_, let text): text
        }
    }

    private static func tokens(_ text: String) -> [Token]? {
        var tokens: [Token] = []
        var rest = Array(text.utf8)[...]
        while let letter = rest.first {
            let run = rest.prefix { $0 == letter }
            if letter == UInt8(ascii: "'") {
                rest.removeFirst()
                guard let end = rest.firstIndex(of: letter) else { return nil }
                tokens += rest[..<end].map { .literal($0) }
                rest = rest[(end + 1)...]
            } else if (letter | 0x20) &- UInt8(ascii: "a") < 26 {
                guard let token = token(String(decoding: run, as: UTF8.self)), !tokens.contains(token) else {
                    return nil
                }
                tokens.append(token)
                rest = rest.dropFirst(run.count)
            } else {
                tokens.append(.literal(letter))
                rest.removeFirst()
            }
        }
        let fields = tokens.compactMap { if case .field(let field, _) = $0 { field } else { nil } }
        return fields.contains(.year) && fields.contains(.month) && fields.contains(.day) ? tokens : nil
    }

    private static func token(_ run: String) -> Token? {
        switch run {
        case "yyyy": .field(.year, digits: 4...4)
        case "MM": .field(.month, digits: 2...2)
        case "M": .field(.month, digits: 1...2)
        case "dd": .field(.day, digits: 2...2)
        case "d": .field(.day, digits: 1...2)
        case "HH": .field(.hour, digits: 2...2)
        case "H": .field(.hour, digits: 1...2)
        case "mm": .field(.minute, digits: 2...2)
        case "ss": .field(.second, digits: 2...2)
        case "XXX": .offset
        case _ where run.utf8.allSatisfy { $0 == UInt8(ascii: "S") }: .field(.fraction, digits: 1...9)
        default: nil
        }
    }
}
