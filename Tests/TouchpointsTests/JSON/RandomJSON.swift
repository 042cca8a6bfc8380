/// A seeded generator (SplitMix64), so that a failing seed can be run again.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

/// Random JSON texts that say the same in many ways: escapes, white space, any order of members.
struct RandomJSON {
    var random: Seeded
    private static let pieces = ["a", "Z", " ", "é", "漢", "😀", "/", ".", "~", "0", "name"]
    private static let escapes = [
        "\\\"", "\\\\", "\\/", "\\n", "\\t", "\\u00e9", "\\u0041", "\\ud83d\\ude00", "\\u0007",
    ]

    init(seed: UInt64) { random = Seeded(seed) }

    mutating func value(depth: Int = 0) -> String {
        switch Int.random(in: 0..<(depth > 3 ? 5 : 8), using: &random) {
        case 0: return ["null", "true", "false"].randomElement(using: &random)!
        case 1, 2:
            return ["0", "-1", "12.50", "1e3", "-0.0", "9223372036854775807", "1E-2"].randomElement(using: &random)!
        case 3, 4: return string()
        case 5: return list("[", "]") { $0.value(depth: depth + 1) }
        default: return object(depth: depth)
        }
    }

    mutating func object(depth: Int = 0) -> String {
        var ordinal = 0
        return list("{", "}") {
            ordinal += 1
            // The ordinal keeps names apart, whatever their escapes.
            return $0.string(suffix: String(ordinal)) + $0.space() + ":" + $0.space() + $0.value(depth: depth + 1)
        }
    }

    private mutating func list(_ open: String, _ close: String, _ item: (inout RandomJSON) -> String) -> String {
        let count = Int.random(in: 0...5, using: &random)
        let items = (0..<count).map { _ in space() + item(&self) + space() }
        return open + items.joined(separator: ",") + space() + close
    }

    private mutating func string(suffix: String = "") -> String {
        let count = Int.random(in: 0...12, using: &random)
        let inside = (0..<count).map { _ in
            (Bool.random(using: &random) ? Self.pieces : Self.escapes).randomElement(using: &random)!
        }
        return "\"" + inside.joined() + "|" + suffix + "\""
    }

    private mutating func space() -> String { ["", "", " ", "\n\t"].randomElement(using: &random)! }
}
