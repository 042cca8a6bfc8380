import Digests
import EventLog
import Touchpoints

/// The part that every view has: what was said of a past position then, and what is said of it now (rule 13).
enum Corrections {
    static let name = "corrections"
    static let columns: [Column] = [.text("part"), .text("key"), .text("column"), .text("before"), .text("after")]
    static let since = "since"
    static let options: [PartOption] = [.text(since, required: true)]
}

extension ViewAnswers {
    /// Each value that differs between the view as known at a position and the view as of that position's clock as known
    /// now; of each part that has a key and can be asked without options, in the order of the parts.
    func corrections<P: Projector>(
        _ projector: P.Type, _ question: Question, _ filter: RowFilter, _ emit: (Row) throws -> Void
    ) throws -> Answer {
        let since = try Self.correctedPosition(question, of: projector)
        let then = try standpoint(since)
        let now = try standpoint(log.head, log.recordedTime(at: since))
        let before = try wholeView(projector, at: then)
        let after = try wholeView(projector, at: now)
        try untilEnough {
            for part in projector.parts where filter.admits(.text(part.name), inColumn: 0) {
                guard let key = part.keyIndices, part.needsNoOptions else { continue }
                let options = try options(Question(view: P.name, part: part.name), part)
                let correction = try Correction(
                    part, key, before: PartRows(part, before, options).forEach,
                    after: PartRows(part, after, options).forEach)
                try correction.forEachRow { if filter.accepts($0) { try emit($0) } }
            }
        }
        return Answer(after)
    }

    private static func correctedPosition<P: Projector>(_ question: Question, of _: P.Type) throws -> Position {
        let given = question.options
        guard let text = given[Corrections.since] else {
            throw QueryError("\(P.name)/corrections needs since", parameter: "since")
        }
        guard let number = UInt64(text) else {
            throw QueryError("since is \(text), which is no position", parameter: "since")
        }
        if let other = given.keys.sorted().first(where: { $0 != Corrections.since }) {
            throw QueryError("\(P.name)/corrections has no option \(other)", parameter: other)
        }
        guard question.customer == nil, question.asOf == nil, question.asKnown == nil, question.changesSince == nil
        else { throw QueryError("\(P.name)/corrections takes since alone") }
        return Position(number)
    }
}

extension Part {
    /// Whether it can be asked without saying more.
    fileprivate var needsNoOptions: Bool {
        options.allSatisfy { option in
            switch option {
            case .customer(let required), .text(_, let required): !required
            case .choice: true
            }
        }
    }
}

/// The differences of one part, a row a value.
private struct Correction<P: Projector> {
    private let part: Part<P>
    private let key: [Int]
    private let comparison: RowComparison
    /// The earlier rows of keys whose rows differ.
    private var earlier: [SipHash128.Value: [Row]] = [:]
    private let before, after: RowComparison.Rows

    init(_ part: Part<P>, _ key: [Int], before: @escaping RowComparison.Rows, after: @escaping RowComparison.Rows)
        throws
    {
        self.part = part
        self.key = key
        self.before = before
        self.after = after
        comparison = try RowComparison(key: key, before: before, after: after)
        guard !comparison.changed.isEmpty else { return }
        var earlier: [SipHash128.Value: [Row]] = [:]
        let comparison = comparison
        try before { row in
            let hash = comparison.hash(of: row)
            if comparison.changed.contains(hash) { earlier[hash, default: []].append(row) }
        }
        self.earlier = earlier
    }

    /// Those of rows that are there now, in their order, then those of rows that are no more.
    func forEachRow(_ emit: (Row) throws -> Void) throws {
        if !comparison.changed.isEmpty {
            var counts: [SipHash128.Value: Int] = [:]
            try after { row in
                let hash = comparison.hash(of: row)
                guard comparison.changed.contains(hash) else { return }
                let number = counts[hash, default: 0]
                counts[hash] = number + 1
                let rows = earlier[hash] ?? []
                try emitDifferences(number < rows.count ? rows[number] : nil, row, emit)
            }
            for (hash, count) in counts.sorted(by: { ($0.key.high, $0.key.low) < ($1.key.high, $1.key.low) }) {
                for row in (earlier[hash] ?? []).dropFirst(count) { try emitDifferences(row, nil, emit) }
            }
        }
        guard !comparison.gone.isEmpty else { return }
        try before { row in
            if comparison.gone.contains(comparison.hash(of: row)) { try emitDifferences(row, nil, emit) }
        }
    }

    private func emitDifferences(_ old: Row?, _ new: Row?, _ emit: (Row) throws -> Void) throws {
        guard let some = new ?? old else { return }
        let name = key.map { some[$0].text ?? "" }.joined(separator: ",")
        for index in some.indices where !key.contains(index) && old?[index] != new?[index] {
            let texts = [old?[index].text, new?[index].text].map { text in text.map { Value.text($0) } ?? .null }
            // A value that was null, or of a row that was not there, prints the same.
            guard texts[0] != texts[1] else { continue }
            try emit([.text(part.name), .text(name), .text(part.columns[index].name)] + texts)
        }
    }
}
