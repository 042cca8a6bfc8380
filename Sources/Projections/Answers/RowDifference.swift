import Digests
import EventLog
import Touchpoints

/// The rows of a part that are others in one answer than in another, told by their keys: pairs of the earlier row and the
/// later one, where either may be missing.
///
/// Keeps the earlier rows of keys whose rows differ, and hashes of all others.
struct RowDifference {
    private let comparison: RowComparison
    /// The earlier rows of keys whose rows differ.
    private var earlier: [SipHash128.Value: [Row]] = [:]
    private let before, after: RowComparison.Rows

    /// Reads the rows before once or twice, those after once.
    init(key: [Int], before: @escaping RowComparison.Rows, after: @escaping RowComparison.Rows) throws {
        self.before = before
        self.after = after
        let comparison = try RowComparison(key: key, before: before, after: after)
        self.comparison = comparison
        guard !comparison.changed.isEmpty else { return }
        var earlier: [SipHash128.Value: [Row]] = [:]
        try before { row in
            let hash = comparison.hash(of: row)
            if comparison.changed.contains(hash) { earlier[hash, default: []].append(row) }
        }
        self.earlier = earlier
    }

    /// Those of rows that are there after, in their order, then those of rows that are no more.
    func forEachPair(_ body: (_ old: Row?, _ new: Row?) throws -> Void) throws {
        if !comparison.changed.isEmpty {
            var counts: [SipHash128.Value: Int] = [:]
            try after { row in
                let hash = comparison.hash(of: row)
                guard comparison.changed.contains(hash) else { return }
                let number = counts[hash, default: 0]
                counts[hash] = number + 1
                let rows = earlier[hash] ?? []
                try body(number < rows.count ? rows[number] : nil, row)
            }
            for (hash, count) in counts.sorted(by: { ($0.key.high, $0.key.low) < ($1.key.high, $1.key.low) }) {
                for row in (earlier[hash] ?? []).dropFirst(count) { try body(row, nil) }
            }
        }
        guard !comparison.gone.isEmpty else { return }
        try before { row in
            if comparison.gone.contains(comparison.hash(of: row)) { try body(row, nil) }
        }
    }
}

extension Part {
    /// Whether it can be asked without saying more.
    var needsNoOptions: Bool {
        options.allSatisfy { option in
            switch option {
            case .customer(let required), .text(_, let required): !required
            case .choice: true
            }
        }
    }

    /// The values in which a row is another: part, key, column, before and after, as texts. Of a row that came, `before` is
    /// null, of one that is no more, `after` is.
    func values(_ old: Row?, _ new: Row?) -> [Row] {
        guard let some = new ?? old, let key = keyIndices else { return [] }
        let name = key.map { some[$0].text ?? "" }.joined(separator: ",")
        return some.indices.compactMap { index in
            guard !key.contains(index), old?[index] != new?[index] else { return nil }
            let texts = [old?[index].text, new?[index].text].map { text in text.map { Value.text($0) } ?? .null }
            // A value that was null, or of a row that was not there, prints the same.
            guard texts[0] != texts[1] else { return nil }
            return [.text(self.name), .text(name), .text(columns[index].name)] + texts
        }
    }
}
