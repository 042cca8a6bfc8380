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
    /// The sums of what it says, by their numbers.
    func add(to sink: inout Sink) {
        if let satisfaction {
            add(satisfaction, to: 0, &sink)
            add(1, to: 1, &sink)
        }
        if let sentiment {
            add(sentiment, to: 2, &sink)
            add(1, to: 3, &sink)
        }
    }

    private func add(_ amount: Int64, to field: UInt8, _ sink: inout Sink) {
        guard amount != 0 else { return }
        switch subject {
        case .type(let type): sink.add(amount, to: Cell(JourneyTable.opinions, UInt64(type.rawValue), UInt64(field)))
        case .named(let name, let otherwise):
            sink.add(amount, to: JourneyTable.namedOpinions.lowerBound + field) { label in
                label.append(UInt8(otherwise.rawValue >> 8))
                label.append(UInt8(truncatingIfNeeded: otherwise.rawValue))
                label += name.utf8
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
