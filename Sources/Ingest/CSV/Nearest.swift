/// The word nearest to `word` by edits, if one is near enough to be what was meant: at most a third of its letters apart.
func nearest(to word: String, among words: [String]) -> String? {
    let limit = max(2, word.count / 3)
    let best = words.map { (word: $0, edits: edits(from: word, to: $0)) }.min { $0.edits < $1.edits }
    guard let best, best.edits <= limit, best.edits < word.count else { return nil }
    return best.word
}

/// Levenshtein's distance, in letters.
private func edits(from a: String, to b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var row = Array(0...b.count)
    for i in a.indices {
        var diagonal = row[0]
        row[0] = i + 1
        for j in b.indices {
            let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[b.count]
}
