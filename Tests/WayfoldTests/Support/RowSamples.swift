import Projections
import Touchpoints
import Wayfold

extension Sample {
    /// What a writer makes of rows.
    static func text(_ columns: [Column], _ rows: [Row], as format: RowFormat) throws -> String {
        let pieces = Kept<UInt8>()
        let output = TextOutput { pieces.values += $0 }
        var writer = format.writer(to: output)
        try writer.begin(columns)
        for row in rows { try writer.write(row) }
        try writer.end()
        try output.flush()
        return String(decoding: pieces.values, as: UTF8.self)
    }

    /// A column of each kind.
    static let columns: [Column] = [
        .text("name"), .integer("n", unit: "points"), .decimal("money"), .number("rate"), .time("at"), .day("day"),
        .flag("is"),
    ]

    /// Rows with few different values, so that many are equal, and with the values that are told apart hardest.
    static func rows(_ count: Int, _ dice: inout SeededGenerator) -> [Row] {
        (0..<count).map { _ in columns.map { value(of: $0.kind, &dice) } }
    }

    private static func value(of kind: Column.Kind, _ dice: inout SeededGenerator) -> Value {
        if Int.random(in: 0..<6, using: &dice) == 0 { return .null }
        switch kind {
        case .text:
            let texts = [
                "", "\0", "\0\0", "\0a", "a", "a\0", "a\0b", "ab", "A", "ä", "é", "\u{10FFFF}", "a,b", "\"", "\"\"\r\n",
                "line\nbreak", "12", "9", "(erased)", "member:0000000000000001",
            ]
            return .text(texts.randomElement(using: &dice)!)
        case .integer:
            let edges: [Int64] = [.min, .max, 0, -1, 1, 10, 100, -10, -100, 99]
            let isEdge = Bool.random(using: &dice)
            return .integer(isEdge ? edges.randomElement(using: &dice)! : .random(in: -20...20, using: &dice))
        case .decimal:
            let edges: [Int128] = [.max, .min, 0, 1_000, 10_000]
            let isEdge = Int.random(in: 0..<4, using: &dice) == 0
            let units = isEdge ? edges.randomElement(using: &dice)! : .random(in: -300...300, using: &dice)
            return .decimal(units: units, scale: Int.random(in: 0...4, using: &dice))
        case .number:
            let numbers: [Value] = [
                .number(0), .number(-0.0), .number(.nan), .number(.infinity), .number(0.1), .number(-0.1),
                .number(1e300), .number(-1e300), .number(.leastNonzeroMagnitude), .decimal(units: 100, scale: 3),
                .integer(-3),
            ]
            return numbers.randomElement(using: &dice)!
        case .time: return .time(Timestamp(microseconds: Int64.random(in: -3...3, using: &dice)))
        case .day: return .day(CivilDay(rawValue: Int32.random(in: -3...3, using: &dice)))
        case .flag: return .flag(Bool.random(using: &dice))
        }
    }
}
