/// The parts that every view with figures of customers has: which events, and which rules, make a figure what it is.
///
/// A *figure* is a column of the view's part `customers` or `members` in one row of a customer.
enum Explanation {
    /// `VIEW/explanation --customer ALIAS`: the figures of one customer, or one of them.
    static let name = "explanation"
    static let options: [PartOption] = [.customer(required: true), .text(field, required: false)]

    /// `VIEW/behind`: the same of everybody whose figure has a value, such as a stage, a segment or a tier.
    static let behind = "behind"
    static let behindOptions: [PartOption] = [.text(field, required: true), .text(value, required: true)]

    static let field = "field"
    static let value = "value"

    static let columns: [Column] = [
        .text("customer"), .text("row"), .text("field"), .text("kind"), .integer("position"), .time("time"),
        .time("occurred"), .time("recorded"), .text("id"), .text("type"), .text("source"), .text("actor"),
        .text("alias"), .text("rules"), .integer("policy"), .text("policy_text"), .text("before"), .text("after"),
    ]

    /// What a line of an explanation tells of.
    enum Kind: String {
        /// Strands became one customer, or parted: whose events these are.
        case joined, parted
        /// An event, or a wake-up at its due time, that has made the figure what it is.
        case event
        case wakeUp = "wake-up"
        /// An event that would have counted, had nobody voided it.
        case voided
        /// An event or a wake-up whose step fails, and why: the customer is set aside.
        case skipped
        /// The figure as the view shows it, and what of the policy the answer itself goes by.
        case shown
    }
}

/// The events that an explanation lists do not give the figure that the view shows.
public struct UnexplainedError: Error, Sendable, Equatable, CustomStringConvertible {
    /// `VIEW FIELD of CUSTOMER`.
    public var figure: String
    public var shown: String?
    public var explained: String?
    /// The view's files are of another version: what they show is not today's fold.
    public var isStale: Bool

    public var description: String {
        let reason =
            isStale
            ? "another version of the view made its files (wayfold rebuild)"
            : "its files are damaged, or its fold is not pure (wayfold verify --deep)"
        return "\(figure) is shown as \(shown ?? "null"), and its events give \(explained ?? "null"): \(reason)"
    }
}
