extension RFMPolicy {
    init?(_ map: MapReader, base: RFMPolicy?) {
        let method = map.value("scores", else: base?.method) { $0.choice(of: Method.self) }
        let scoreCount = map.value("quantiles", else: base?.scoreCount) { $0.whole(in: 2...10) }
        let bands = map.section("bands") { Bands($0, base: base?.bands) }
        let ranges = 1...(scoreCount ?? 10)
        let segments = map.value("segments", else: base?.segments) { field in
            field.list(1...100) { Segment($0, scores: ranges) }.flatMap { field.unique($0, by: \.name) }
        }
        map.finish()
        guard let method, let scoreCount, let bands, let segments else { return nil }
        self.init(method: method, scoreCount: scoreCount, bands: bands, segments: segments)
        if method == .bands, let name = bands.nameOfWrongCount(scoreCount) {
            map.wrong("with quantiles: \(scoreCount), bands.\(name) must have \(scoreCount - 1) limits")
            return nil
        }
        if let segment = segments.first(where: { $0.greatestScore > scoreCount }) {
            map.wrong("with quantiles: \(scoreCount), segments must be given that fit; \"\(segment.name)\" does not")
            return nil
        }
        if let cell = uncoveredCell {
            map.wrong("no segment covers r \(cell.0), f \(cell.1), m \(cell.2)")
            return nil
        }
    }

    /// The first scores that no segment covers.
    private var uncoveredCell: (Int, Int, Int)? {
        for r in 1...scoreCount {
            for f in 1...scoreCount {
                for m in 1...scoreCount where segmentIndex(recency: r, frequency: f, monetary: m) == nil {
                    return (r, f, m)
                }
            }
        }
        return nil
    }
}

extension RFMPolicy.Bands {
    fileprivate init?(_ map: MapReader, base: RFMPolicy.Bands?) {
        let recencyDays = map.value("recencyDays", else: base?.recencyDays) {
            $0.ascending { $0.whole(in: 0...36_500) }
        }
        let frequency = map.value("frequency", else: base?.frequency) { $0.ascending { $0.whole(in: 1...1_000_000) } }
        let monetary = map.value("monetary", else: base?.monetary) { $0.ascending { $0.decimal() } }
        map.finish()
        guard let recencyDays, let frequency, let monetary else { return nil }
        self.init(recencyDays: recencyDays, frequency: frequency, monetary: monetary)
    }

    fileprivate func nameOfWrongCount(_ scoreCount: Int) -> String? {
        let counts = [("recencyDays", recencyDays.count), ("frequency", frequency.count), ("monetary", monetary.count)]
        return counts.first { $0.1 != scoreCount - 1 }?.0
    }
}

extension RFMPolicy.Segment {
    fileprivate var greatestScore: Int { max(recency.upperBound, frequency.upperBound, monetary.upperBound) }

    fileprivate init?(_ field: Field, scores: ClosedRange<Int>) {
        guard let map = MapReader(field) else { return nil }
        let name = map.value("name", else: nil) { $0.text("a segment's name") }
        let recency = map.value("r", else: scores) { $0.scores(in: scores) }
        let frequency = map.value("f", else: scores) { $0.scores(in: scores) }
        let monetary = map.value("m", else: scores) { $0.scores(in: scores) }
        map.finish()
        guard let name, let recency, let frequency, let monetary else { return nil }
        self.init(name: name, recency: recency, frequency: frequency, monetary: monetary)
    }
}

extension Field {
    /// `4` or `2-4`.
    fileprivate func scores(in range: ClosedRange<Int>) -> ClosedRange<Int>? {
        let expected = "a score or a range like 4-5, within \(range.lowerBound)-\(range.upperBound)"
        guard let text = text(expected) else { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
            range.contains(first), range.contains(last)
        else { return refuse(expected) }
        return first...last
    }

    /// Limits, each greater than the one before.
    fileprivate func ascending<Limit: Comparable>(_ read: (Field) -> Limit?) -> [Limit]? {
        guard let limits = list(1...9, of: read) else { return nil }
        guard zip(limits, limits.dropFirst()).allSatisfy(<) else {
            wrong("the limits must ascend")
            return nil
        }
        return limits
    }
}
