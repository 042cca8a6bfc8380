/// What a set of schemas says about the `data` of events: whether it is good, and which of it is personal.
///
/// Of a type without a schema all of `data` is personal; so are properties that a schema does not name.
public protocol DataRules: Sendable {
    /// Checks the data of one event and appends the nodes that are personal, in ascending order, none inside another.
    ///
    /// `data` itself is appended where all of it is personal. An event without data is checked as if it had `{}`.
    ///
    /// - Throws: a refusal whose field begins with `data`, as a dotted path (`data.total.amount`, `data.items[0].sku`).
    ///
    /// - Parameters:
    ///   - type: the built-in type, `.none` for another.
    ///   - name: the name of the type.
    func check(
        type: EventType, named name: String, data: JSONNode, of tape: JSONTape, personal: inout [JSONNode]
    ) throws(Refusal)
}
