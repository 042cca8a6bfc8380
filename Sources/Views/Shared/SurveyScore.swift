import Touchpoints

/// The satisfaction that an answer to a survey says.
enum SurveyScore {
    /// In hundredths of a point, 0...10,000; nil where the event holds no score on a known scale.
    ///
    /// nps (0 to 10) is score x 10; csat and ces (from 1) are (score - 1) / (max - 1) x 100, `max` being 5 where it is
    /// missing (7 for ces).
    static func hundredths(of event: borrowing EventView) -> Int64? {
        guard event.type == .surveyAnswered, let text = event.data.written("score"),
            // Reading and rounding a double are exact in IEEE 754: the same everywhere.
            let number = Double(text), abs(number) <= 1_000_000
        else { return nil }
        let score = Int64((number * 100).rounded())
        if event.data.matches("scale", "nps") { return min(max(score * 10, 0), 10_000) }
        let greatest = event.data.integer("max") ?? (event.data.matches("scale", "ces") ? 7 : 5)
        guard greatest > 1, greatest <= 10_000 else { return nil }
        return min(max((score - 100) * 100 / (greatest - 1), 0), 10_000)
    }
}
