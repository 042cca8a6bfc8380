import Wayfold

/// Rows of one part, whose values are found by the names of its columns.
struct PartTable {
    let answer: Answer
    let rows: [Row]
    /// Rows that were there beyond the limit.
    let leftOut: Int
    private let columns: [Column]

    /// Asks for at most `limit` rows; nil where no view of the catalogue has such a part with these columns, since a
    /// program can have other views.
    init?(
        _ answers: ViewAnswers, _ view: String, _ part: String, with names: [String], limit: Int = .max
    ) throws {
        guard
            let description = answers.catalogue.parts.first(where: { $0.view == view && $0.name == part }),
            case let known = Set(description.columns.map(\.name)), names.allSatisfy(known.contains)
        else { return nil }
        var rows: [Row] = []
        var leftOut = 0
        answer = try answers.answer(Question(view: view, part: part)) { row in
            if rows.count < limit { rows.append(row) } else { leftOut += 1 }
        }
        self.rows = rows
        self.leftOut = leftOut
        columns = description.columns
    }

    /// The column of that name, which must be one of those that were asked for.
    func values(_ name: String) -> [Value] {
        let place = place(name)
        return rows.map { $0[place] }
    }

    /// The value of a row in such a column.
    func value(_ name: String, in row: Row) -> Value { row[place(name)] }

    /// The same as it is shown.
    func shown(_ name: String, in row: Row) -> HTML {
        let place = place(name)
        return Shown.value(row[place], unit: columns[place].unit)
    }

    private func place(_ name: String) -> Int {
        guard let place = columns.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("\(name) is not among the columns that were asked for")
        }
        return place
    }
}

extension PartTable {
    /// What a reader must know of where the answer comes from.
    var remark: HTML {
        guard answer.isStale else { return HTML() }
        return HTML.tag("p", ["class": "warning"]) {
            "Another version of this view made these figures; they stand at position \(answer.position). "
                + "They are renewed by: wayfold rebuild"
        }
    }
}

extension Value {
    /// The number as a length to draw; 0 for what is none.
    var amount: Double {
        switch self {
        case .integer(let number): Double(number)
        case .decimal(let units, let scale): (0..<scale).reduce(Double(units)) { amount, _ in amount / 10 }
        case .number(let number): number.isFinite ? number : 0
        case .null, .text, .time, .day, .flag: 0
        }
    }

    /// The text of a text column; empty for null.
    var label: String { text ?? "" }
}

extension ViewAnswers {
    /// Runs `body` with answers that all stand at one position: again where a view that it opened took the log further.
    func atOnePosition<R>(_ body: () throws -> R) throws -> R {
        for _ in 0..<8 {
            let head = log.head
            let result = try body()
            if log.head == head { return result }
        }
        throw QueryError("the log goes on faster than it can be read; ask again")
    }
}
