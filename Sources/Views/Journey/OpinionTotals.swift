import Projections
import Touchpoints

/// The opinions about one touchpoint, summed: means come from it.
struct OpinionTotals: Equatable, Sendable {
    /// In hundredths of a point.
    var satisfactionSum: Int64 = 0
    var satisfactionCount: Int64 = 0
    var sentimentSum: Int64 = 0
    var sentimentCount: Int64 = 0

    /// 0 to 100, nil without an opinion.
    var satisfaction: Double? { Self.mean(satisfactionSum, satisfactionCount) }
    /// -100 to 100, nil without an opinion.
    var sentiment: Double? { Self.mean(sentimentSum, sentimentCount) }

    private static func mean(_ sum: Int64, _ count: Int64) -> Double? {
        count == 0 ? nil : Double(sum) / Double(count) / 100
    }

    /// The sums by the number that keys and tables know them by.
    fileprivate static var fields: [WritableKeyPath<OpinionTotals, Int64>] {
        [\.satisfactionSum, \.satisfactionCount, \.sentimentSum, \.sentimentCount]
    }
}

extension Opinion {
    func add(to sink: inout Sink) {
        let amounts = [satisfaction ?? 0, satisfaction == nil ? 0 : 1, sentiment ?? 0, sentiment == nil ? 0 : 1]
        for (field, amount) in amounts.enumerated() where amount != 0 {
            switch subject {
            case .type(let type):
                sink.add(amount, to: Cell(JourneyTable.opinions, UInt64(type.rawValue), UInt64(field)))
            case .named(let name, let otherwise):
                let table = JourneyTable.namedOpinions.lowerBound + UInt8(field)
                let number = [UInt8(otherwise.rawValue >> 8), UInt8(truncatingIfNeeded: otherwise.rawValue)]
                sink.add(amount, to: table, label: number + Array(name.utf8))
            }
        }
    }
}

extension OpinionTotals {
    /// All opinions by the touchpoint that they are about.
    ///
    /// - Parameters:
    ///   - cells: gives the totals of a table.
    ///   - label: the label of a total.
    ///   - type: the type of that name, if the log knows one.
    static func read(
        cells: (UInt8) -> [(cell: Cell, total: Int128)], label: (Cell) -> [UInt8], type: (String) throws -> EventType?
    ) rethrows -> [EventType: OpinionTotals] {
        var totals: [EventType: OpinionTotals] = [:]
        for (cell, total) in cells(JourneyTable.opinions) {
            totals[EventType(rawValue: UInt16(cell.a)), default: OpinionTotals()][keyPath: fields[Int(cell.b)]] +=
                Int64(total)
        }
        for (field, table) in zip(fields, JourneyTable.namedOpinions) {
            for (cell, total) in cells(table) {
                let label = label(cell)
                let otherwise = EventType(rawValue: UInt16(label[0]) << 8 | UInt16(label[1]))
                let subject = try type(String(decoding: label[2...], as: UTF8.self)) ?? otherwise
                totals[subject, default: OpinionTotals()][keyPath: field] += Int64(total)
            }
        }
        return totals
    }
}
