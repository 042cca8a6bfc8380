import Projections
import Touchpoints

/// Reads the texts in which a funnel is asked for.
enum FunnelOptions {
    static let all: [PartOption] = [
        .text("steps", required: true), .text("within", required: false),
        .choice("order", of: Funnel.Order.allCases.map(\.rawValue)), .text("exclude", required: false), .by,
    ]

    /// `a,b,c`: names of types; blanks around them do not count.
    static func names(_ text: String?, of option: String) throws(QueryError) -> [String] {
        let names = (text ?? "").split(separator: ",", omittingEmptySubsequences: false).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        guard names.allSatisfy({ !$0.isEmpty }) else {
            throw QueryError(
                "\(option): expected names of types with commas between, as in `page.viewed,order.paid`",
                parameter: option)
        }
        return names
    }

    /// `24h`: a whole number of seconds, minutes, hours or days; nil of nil.
    static func period(_ text: String?) throws(QueryError) -> Period? {
        guard let text else { return nil }
        guard let period = Period(text), period != .days(0) else {
            throw QueryError(
                "within: expected a length of time such as 30m, 24h or 7d, not `\(text)`", parameter: "within")
        }
        return period
    }
}
