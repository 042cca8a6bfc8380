import Projections
import Testing
import Touchpoints

@testable import Wayfold

struct SortedRowsTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// The rows by their bytes: a number that is none does not equal itself.
    private func sorted(_ rows: [Row], _ text: String, memory: Int, limit: Int? = nil) throws -> [[UInt8]] {
        let sort = try RowSort(text, columns: Sample.columns)
        var sorted = SortedRows(
            by: sort, columns: Sample.columns, folder: scratch.path, limit: limit, memoryByteCount: memory)
        for row in rows { try sorted.add(row) }
        var result: [Row] = []
        try sorted.forEach { result.append($0) }
        return bytes(result)
    }

    private func bytes(_ rows: [Row]) -> [[UInt8]] {
        rows.map { row in
            var bytes: [UInt8] = []
            RowBytes.append(row, to: &bytes)
            return bytes
        }
    }

    @Test(arguments: 1...30)
    func `rows are in the order that a slow comparison gives, in memory, spilled and cut`(seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        let rows = Sample.rows(Int.random(in: 0...400, using: &dice), &dice)
        let names = Sample.columns.map(\.name).shuffled(using: &dice).prefix(Int.random(in: 1...3, using: &dice))
        let terms = names.map { (name: $0, isDescending: Bool.random(using: &dice)) }
        let text = terms.map { ($0.isDescending ? "-" : "") + $0.name }.joined(separator: ",")
        let expected = bytes(NaiveOrder.sorted(rows, by: terms))
        #expect(try sorted(rows, text, memory: 1 << 20) == expected, "\(text)")
        #expect(try sorted(rows, text, memory: 3_000) == expected, "\(text), spilled")
        let limit = Int.random(in: 0...60, using: &dice)
        #expect(try sorted(rows, text, memory: 3_000, limit: limit) == Array(expected.prefix(limit)), "\(text), cut")
    }

    @Test func `the first few of many rows are kept, and no others`() throws {
        var dice = SeededGenerator(seed: 4)
        let rows = Sample.rows(5_000, &dice)
        let expected = bytes(NaiveOrder.sorted(rows, by: [("money", true), ("n", false)]))
        #expect(try sorted(rows, "-money,n", memory: .max, limit: 7) == Array(expected.prefix(7)))
        // Nothing was spilled: there is no such folder.
        let sort = try RowSort("-money,n", columns: Sample.columns)
        var few = SortedRows(
            by: sort, columns: Sample.columns, folder: scratch.path + "/none", limit: 7, memoryByteCount: 1 << 20)
        for _ in 0..<20 { for row in rows { try few.add(row) } }
    }

    @Test func `what is spilled leaves no name behind`() throws {
        var dice = SeededGenerator(seed: 5)
        _ = try sorted(Sample.rows(300, &dice), "n", memory: 1_000)
        #expect(try scratch.names() == [])
    }

    @Test(arguments: [
        ("", "there is no column "), ("nobody", "there is no column nobody"), ("-", "there is no column ;"),
        ("n,,name", "there is no column ;"), ("n,-n", "by n twice"), ("+n", "no column +n"), (" n", "no column  n"),
    ])
    func `an order that makes no sense is wrong usage`(text: String, words: String) {
        let error = #expect(throws: QueryError.self) { try RowSort(text, columns: Sample.columns) }
        #expect(error?.description.contains(words) == true)
    }
}

/// Sorting as one would explain it.
private enum NaiveOrder {
    static func sorted(_ rows: [Row], by terms: [(name: String, isDescending: Bool)]) -> [Row] {
        rows.enumerated().sorted { a, b in
            for (name, isDescending) in terms {
                let column = Sample.columns.firstIndex { $0.name == name }!
                let (left, right) = (known(a.element[column]), known(b.element[column]))
                switch (left, right) {
                case (nil, nil): continue
                case (nil, _): return false
                case (_, nil): return true
                case (let left?, let right?):
                    if isLess(left, right) { return !isDescending }
                    if isLess(right, left) { return isDescending }
                }
            }
            return a.offset < b.offset
        }.map(\.element)
    }

    /// Nil for null and for a number that is none.
    private static func known(_ value: Value) -> Value? {
        switch value {
        case .null: nil
        case .number(let number): number.isFinite ? value : nil
        default: value
        }
    }

    private static func isLess(_ a: Value, _ b: Value) -> Bool {
        switch (a, b) {
        case (.text(let a), .text(let b)): Array(a.utf8).lexicographicallyPrecedes(Array(b.utf8))
        case (.time(let a), .time(let b)): a < b
        case (.day(let a), .day(let b)): a < b
        case (.flag(let a), .flag(let b)): !a && b
        case (.decimal(let a, let scaleA), .decimal(let b, let scaleB)): isLess(a, scaleA, b, scaleB)
        case (.integer(let a), .integer(let b)): a < b
        default: Double(a.text!)! < Double(b.text!)!
        }
    }

    /// By whole and fraction, since the product of unlike ones could be too wide.
    private static func isLess(_ a: Int128, _ scaleA: Int, _ b: Int128, _ scaleB: Int) -> Bool {
        func parts(_ units: Int128, _ scale: Int) -> (Int128, Int128) {
            let (whole, rest) = units.quotientAndRemainder(dividingBy: power(scale))
            return (whole, rest * power(10 - scale))
        }
        func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { product, _ in product * 10 } }
        return parts(a, scaleA) < parts(b, scaleB)
    }
}
