import Touchpoints

/// The aliases that `customer.identified`, `customer.merged` and `customer.split` name in their data: as a subject, each is
/// `kind:value`, or a bare value that takes the kind of the event's source. Asked whatever the schema says.
struct HeaderAliases {
    /// How many aliases one split takes out at most.
    static let maximalCount = 100

    let source: [UInt8]
    let kindOfSource: (String) -> String?

    /// The aliases as the draft holds them (see ``AliasList``); nothing for any other type.
    func list(for type: EventType, data: JSONNode, of tape: JSONTape) throws(Refusal) -> [UInt8] {
        var list: [UInt8] = []
        switch type {
        case .customerIdentified, .customerMerged:
            guard let alias = tape.member("alias", of: data) else {
                throw Refusal(field: "data.alias", reason: "is missing")
            }
            try append(alias, of: tape, field: "data.alias", to: &list)
        case .customerSplit:
            guard let aliases = tape.member("aliases", of: data) else {
                throw Refusal(field: "data.aliases", reason: "is missing")
            }
            guard tape.kind(of: aliases) == .array, (1...Self.maximalCount).contains(tape.count(of: aliases)) else {
                throw Refusal(
                    field: "data.aliases", reason: "expected a list of 1 to \(Self.maximalCount) aliases")
            }
            for (index, alias) in tape.elements(of: aliases).enumerated() {
                try append(alias, of: tape, field: "data.aliases[\(index)]", to: &list)
            }
        default: break
        }
        return list
    }

    private func append(
        _ node: JSONNode, of tape: JSONTape, field: String, to list: inout [UInt8]
    ) throws(Refusal) {
        let text = try AttributeText.read(node, of: tape, field: field, limit: EventAttribute.subject.limit)
        let alias = try Alias(text: text, field: field, source: source, kindOfSource: kindOfSource)
        AliasList.append(kind: alias.kind, value: alias.value, to: &list)
    }
}
