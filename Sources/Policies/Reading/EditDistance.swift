/// The word nearest to `word`: at most a third of its letters (two in a short one) inserted, left out, replaced or
/// swapped; of equally near ones that which begins alike for longer.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let limit = max(2, word.count / 3)
    let ranked = candidates.map { candidate in
        (
            candidate: candidate, distance: editDistance(word.lowercased(), candidate.lowercased()),
            unlike: -candidate.countInCommon(with: word)
        )
    }
    let best = ranked.min { ($0.distance, $0.unlike) < ($1.distance, $1.unlike) }
    guard let best, best.distance <= limit, best.distance < word.count else { return nil }
    return best.candidate
}

extension String {
    /// How many letters both begin with.
    fileprivate func countInCommon(with other: String) -> Int { zip(self, other).prefix { $0 == $1 }.count }
}

/// Damerau and Levenshtein's distance, no letter touched twice (optimal string alignment).
func editDistance(_ a: String, _ b: String) -> Int {
    let a = Array(a)
    let b = Array(b)
    var rows = [Array(0...b.count)]
    for i in 1..<(a.count + 1) {
        var row = [i]
        for j in 1..<(b.count + 1) {
            let replaced = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            var least = min(replaced, rows[i - 1][j] + 1, row[j - 1] + 1)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { least = min(least, rows[i - 2][j - 2] + 1) }
            row.append(least)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}
