/// The word nearest to `word`: at most a third of its letters (two in a short one) inserted, left out, replaced or swapped.
func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let limit = max(2, word.count / 3)
    let ranked = candidates.map { ($0, editDistance(word.lowercased(), $0.lowercased())) }
    guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= limit, best.1 < word.count else { return nil }
    return best.0
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
