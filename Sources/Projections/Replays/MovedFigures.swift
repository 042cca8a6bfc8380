import Touchpoints

/// Adds up in what customers' rows differ, column by column: how many moved from which word to which other, and by how much
/// sums changed.
struct MovedFigures {
    private let columns: [Column]
    private let key: [Int]
    /// The key's columns but the customer's own.
    private let group: [Int]
    private var entries: [Entry: Tally] = [:]

    private struct Entry: Hashable {
        var group: String
        var column: Int
        /// Of words and flags.
        var move: Move?

        func precedes(_ other: Entry) -> Bool {
            guard column == other.column else { return column < other.column }
            return texts.lexicographicallyPrecedes(other.texts)
        }

        private var texts: [String] { [group, move?.before.text ?? "", move?.after.text ?? ""] }
    }

    private struct Move: Hashable {
        var before, after: Value
    }

    private struct Tally {
        var customers: Int64 = 0
        var before = Sum()
        var change = Sum()
    }

    init(_ columns: [Column], key: [Int]) {
        self.columns = columns
        self.key = key
        group = key.filter { columns[$0].name != "customer" }
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Takes the rows of one customer, which differ; either may be missing.
    mutating func note(_ old: Row?, _ new: Row?) {
        guard let some = new ?? old else { return }
        let group = name(of: some)
        for index in columns.indices where !key.contains(index) && old?[index] != new?[index] {
            let (before, after) = (old?[index] ?? .null, new?[index] ?? .null)
            guard before != after else { continue }
            // Who has no row has nothing to add up.
            if old == nil ? after.isZero : new == nil && before.isZero { continue }
            let isWord = columns[index].kind == .text || columns[index].kind == .flag
            let move = isWord ? Move(before: before, after: after) : nil
            change(Entry(group: group, column: index, move: move)) { tally in
                tally.customers += 1
                tally.change.add(after)
                tally.change.add(before, times: -1)
            }
        }
    }

    /// Takes a row of before, so that sums are those of all customers.
    mutating func add(_ row: Row) {
        let group = name(of: row)
        for index in columns.indices where columns[index].kind.isExact {
            let entry = Entry(group: group, column: index)
            if entries[entry] != nil { change(entry) { $0.before.add(row[index]) } }
        }
    }

    /// By column, group, and words.
    var rows: [Row] {
        entries.sorted { $0.key.precedes($1.key) }.map { entry, tally in
            var values: [Value] = [.null, .null, .null]
            if let move = entry.move {
                values = [move.before, move.after].map { $0.text.map(Value.text) ?? .null } + [.null]
            } else if let change = tally.change.value {
                var after = tally.before
                after.add(tally.change)
                values = [tally.before.text, after.text].map { $0.map(Value.text) ?? .null } + [change]
            }
            return [entry.group.isEmpty ? .null : .text(entry.group), .text(columns[entry.column].name)] + values
                + [.integer(tally.customers)]
        }
    }

    private func name(of row: Row) -> String { group.map { row[$0].text ?? "" }.joined(separator: ",") }

    private mutating func change(_ entry: Entry, _ body: (inout Tally) -> Void) {
        body(&entries[entry, default: Tally()])
    }
}

extension Column.Kind {
    /// Whether values can be added up exactly.
    fileprivate var isExact: Bool { self == .integer || self == .decimal }
}

extension Value {
    fileprivate var isZero: Bool {
        switch self {
        case .integer(let number): number == 0
        case .decimal(let units, _): units == 0
        default: false
        }
    }
}

/// An exact sum of integers and decimals; nothing is added up of other values, and where it would not fit.
private struct Sum {
    private var units: Int128? = 0
    /// Nil: nothing was added.
    private var scale: Int?

    var value: Value? { scale.flatMap { scale in units.map { .decimal(units: $0, scale: scale) } } }
    var text: String? { value?.text }

    mutating func add(_ value: Value, times sign: Int128 = 1) {
        switch value {
        case .integer(let number): add(Int128(number), scale: 0, times: sign)
        case .decimal(let units, let scale): add(units, scale: scale, times: sign)
        default: break
        }
    }

    mutating func add(_ other: Sum) {
        if let scale = other.scale { add(other.units, scale: scale, times: 1) }
    }

    private mutating func add(_ more: Int128?, scale other: Int, times sign: Int128) {
        let common = max(scale ?? other, other)
        defer { scale = common }
        guard let own = units, let more,
            let left = Self.product(own, .tens(common - (scale ?? common))),
            let right = Self.product(more, sign * .tens(common - other)),
            case let (sum, overflow) = left.addingReportingOverflow(right), !overflow
        else {
            units = nil
            return
        }
        units = sum
    }

    private static func product(_ a: Int128, _ b: Int128) -> Int128? {
        let (product, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow ? nil : product
    }
}
