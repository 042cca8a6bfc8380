public import Touchpoints

/// Conditions on the columns of a part, all of which a row must meet: `stage=at-risk`, `monetary>=100`.
///
/// Operators: `= != < <= > >=` and `in` (`stage in at-risk,dormant`). Numbers compare as numbers, texts by their bytes,
/// times and days in order. A null meets only `!=`. A date stands for a whole day where a column holds times: `>=` means
/// from its first instant on, `<=` up to its last microsecond (rule 7), `<` before and `>` after it, `=` within it.
public struct RowFilter: Sendable {
    private struct Condition: Sendable {
        var column: Int
        var comparison: Comparison
        var operands: [Value]

        func accepts(_ value: Value, in zone: ZoneTable) -> Bool {
            func order(_ operand: Value) -> Int? {
                guard case .time(let time) = value, case .day = operand else { return value.order(operand) }
                return Value.day(zone.day(of: time)).order(operand)
            }
            if comparison == .isIn { return operands.contains { order($0) == 0 } }
            guard let order = order(operands[0]) else { return comparison == .notEqual }
            return switch comparison {
            case .equal, .isIn: order == 0
            case .notEqual: order != 0
            case .less: order < 0
            case .atMost: order <= 0
            case .greater: order > 0
            case .atLeast: order >= 0
            }
        }
    }

    private enum Comparison: String, Sendable, CaseIterable {
        case notEqual = "!=", atMost = "<=", atLeast = ">=", equal = "=", less = "<", greater = ">", isIn = " in "
    }

    private let conditions: [Condition]
    /// Where the days of dates begin and end.
    public var zone = ZoneTable.utc

    /// - Throws: ``QueryError`` naming the column or the operand that makes no sense.
    public init(_ texts: [String], columns: [Column]) throws(QueryError) {
        var conditions: [Condition] = []
        for text in texts { conditions.append(try Self.parse(text, columns)) }
        self.conditions = conditions
    }

    /// The columns that the conditions look at: those of a row that must be known for ``accepts(_:)``.
    public var columns: Set<Int> { Set(conditions.map(\.column)) }

    public func accepts(_ row: Row) -> Bool { conditions.allSatisfy { $0.accepts(row[$0.column], in: zone) } }

    /// Whether a row with this value in that column can be accepted.
    func admits(_ value: Value, inColumn column: Int) -> Bool {
        conditions.allSatisfy { $0.column != column || $0.accepts(value, in: zone) }
    }

    private static func parse(_ text: String, _ columns: [Column]) throws(QueryError) -> Condition {
        var found: (comparison: Comparison, range: Range<String.Index>)?
        for comparison in Comparison.allCases {
            guard let range = text.firstRange(of: comparison.rawValue) else { continue }
            if found == nil || range.lowerBound < found!.range.lowerBound { found = (comparison, range) }
        }
        guard let (comparison, range) = found else {
            throw QueryError("\"\(text)\" has no operator; there are =, !=, <, <=, >, >= and in", parameter: "where")
        }
        let name = text[..<range.lowerBound].trimmingSpaces
        guard let index = columns.firstIndex(where: { $0.name == name }) else {
            throw QueryError(
                "there is no column \(name); there are \(columns.map(\.name).joined(separator: ", "))",
                parameter: "where")
        }
        let right = text[range.upperBound...].trimmingSpaces
        var operands: [Value] = []
        for word in comparison == .isIn ? right.split(separator: ",").map(\.trimmingSpaces) : [right] {
            guard let value = Value(word, as: columns[index].kind) else {
                throw QueryError(
                    "\(word) is no \(columns[index].kind.example), which \(name) is", parameter: "where")
            }
            operands.append(value)
        }
        return Condition(column: index, comparison: comparison, operands: operands)
    }
}

extension Value {
    /// Reads an operand for a column of that kind.
    init?(_ text: String, as kind: Column.Kind) {
        switch kind {
        case .text: self = .text(text)
        case .integer, .decimal, .number:
            guard let number = Double(text) else { return nil }
            self = Self.exactDecimal(text) ?? .number(number)
        case .time:
            if let day = CivilDay(text) {
                self = .day(day)
                return
            }
            guard let time = try? Timestamp(rfc3339: text) else { return nil }
            self = .time(time)
        case .day:
            guard let day = CivilDay(text) else { return nil }
            self = .day(day)
        case .flag:
            guard text == "true" || text == "false" else { return nil }
            self = .flag(text == "true")
        }
    }

    /// A plain decimal text as an exact value.
    private static func exactDecimal(_ text: String) -> Value? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.utf8.count <= 18, let units = Int128(parts[0] + fraction) else { return nil }
        return .decimal(units: units, scale: fraction.count)
    }

    /// Negative, zero or positive as this value stands before, at or behind the other; nil for null or unlike kinds.
    func order(_ other: Value) -> Int? {
        func sign<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : (a == b ? 0 : 1) }
        switch (self, other) {
        case (.text(let a), .text(let b)):
            if a.utf8.elementsEqual(b.utf8) { return 0 }
            return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
        case (.time(let a), .time(let b)): return sign(a, b)
        case (.day(let a), .day(let b)): return sign(a, b)
        case (.flag(let a), .flag(let b)): return sign(a ? 1 : 0, b ? 1 : 0)
        default:
            if let a = scaled, let b = other.scaled {
                let scale = max(a.scale, b.scale)
                let (left, leftOverflows) = a.units.multipliedReportingOverflow(by: .tens(scale - a.scale))
                let (right, rightOverflows) = b.units.multipliedReportingOverflow(by: .tens(scale - b.scale))
                if !leftOverflows, !rightOverflows { return sign(left, right) }
            }
            guard let a = double, let b = other.double else { return nil }
            return sign(a, b)
        }
    }

    private var scaled: (units: Int128, scale: Int)? {
        switch self {
        case .integer(let value): (Int128(value), 0)
        case .decimal(let units, let scale): (units, scale)
        default: nil
        }
    }

    private var double: Double? {
        if case .number(let value) = self { return value }
        return scaled.map { Double($0.units) / Double(Int128.tens($0.scale)) }
    }
}

extension Column.Kind {
    /// The kind as messages name it, with an example where it is not plain.
    fileprivate var example: String {
        switch self {
        case .time: "time like 2024-03-13T10:21:14Z or date like 2024-03-13"
        case .day: "day like 2024-03-13"
        default: rawValue
        }
    }
}

extension Int128 {
    /// Ten to the power of `exponent`, which is at most 18.
    static func tens(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

extension StringProtocol {
    var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
