import Touchpoints

/// The satisfaction that a customer's score says, the same in all views.
enum Satisfaction {
    /// The `score` of a `survey.answered` or the `rating` of a `review.posted`, made 0 to 100, in hundredths of a point:
    /// 0...10,000. Nil for other events, and without a score on a known scale.
    ///
    /// nps is score x 10; all others are (score - 1) / (max - 1) x 100, `max` being 5 where it is missing (7 for ces).
    static func hundredths(of event: borrowing EventView) -> Int64? {
        let field: String
        switch event.type {
        case .surveyAnswered: field = "score"
        case .reviewPosted: field = "rating"
        default: return nil
        }
        let data = event.data
        guard let score = data.hundredths(field) else { return nil }
        if data.matches("scale", "nps") { return min(max(score * 10, 0), 10_000) }
        let greatest = data.integer("max") ?? (data.matches("scale", "ces") ? 7 : 5)
        guard greatest > 1, greatest <= 10_000 else { return nil }
        return min(max((score - 100) * 100 / (greatest - 1), 0), 10_000)
    }
}

extension ClearData {
    /// A number in hundredths, rounded; nil where there is none or it is beyond every scale.
    func hundredths(_ field: String) -> Int64? {
        // Most scores are whole.
        if let whole = integer(field) { return whole.magnitude <= 1_000_000 ? whole * 100 : nil }
        // Reading and rounding a double are exact in IEEE 754: the same everywhere.
        guard let text = written(field), let number = Double(text), abs(number) <= 1_000_000 else { return nil }
        return Int64((number * 100).rounded())
    }
}
