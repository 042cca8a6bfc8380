/// Why something was decided about customers or events: kept with the event that records it.
public struct Grounds: Equatable, Sendable {
    /// A word for statistics, such as `wrong-merge` or `test`.
    public var reason: String?
    /// The number of a case or a ticket.
    public var reference: String?
    /// A remark in free text; kept as personal.
    public var note: String?

    public init(reason: String? = nil, reference: String? = nil, note: String? = nil) {
        self.reason = reason
        self.reference = reference
        self.note = note
    }

    /// Members of an event's data, their values as JSON.
    var members: [(String, String)] {
        [("reason", reason), ("reference", reference), ("note", note)].compactMap { name, text in
            text.map { (name, JSONString.quoted($0)) }
        }
    }
}
