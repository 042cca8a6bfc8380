import Touchpoints

/// Properties of a message on their way to members of an event's data.
///
/// Every property ends in one place: in a member that a rule makes of it, as a member of its own name, or, where that name
/// means something else to the type or its value does not fit there, aside.
struct SegmentProperties {
    struct Property {
        var name: String
        var node: JSONNode
        var isUsed = false
    }

    struct Member {
        var name: String
        var json: [UInt8]
    }

    private let tape: JSONTape
    /// What a member cannot be called.
    private let reserved: String
    private let givenCurrency: Currency
    private var properties: [Property] = []
    private var members: [Member] = []
    private var aside = JSONObjectText()

    /// - Parameters:
    ///   - keepsNull: whether a `null` says something; otherwise it is absent.
    ///   - currency: of amounts, where no property says it.
    init(
        _ properties: [(name: String, node: JSONNode)], of tape: JSONTape, reserved: String, currency: Currency,
        keepsNull: Bool = false
    ) {
        self.tape = tape
        self.reserved = reserved
        givenCurrency = currency
        for (name, node) in properties where keepsNull || tape.kind(of: node) != .null {
            self.properties.append(Property(name: name, node: node))
        }
    }

    static func members(of node: JSONNode?, _ tape: JSONTape) -> [(name: String, node: JSONNode)] {
        guard let node else { return [] }
        return tape.members(of: node).map { (tape.text(of: $0.name)!, $0.value) }
    }

    func has(_ name: String) -> Bool { index(of: name) != nil }
    func hasMember(_ name: String) -> Bool { members.contains { $0.name == name } }

    mutating func append(_ name: String, text: String) {
        members.append(Member(name: name, json: JSONObjectText.string(text.utf8)))
    }

    /// Takes the first of these that is a text, or a number as it is written.
    mutating func takeText(_ names: [String]) -> [UInt8]? {
        for name in names {
            guard let index = index(of: name), let text = text(properties[index].node) else { continue }
            properties[index].isUsed = true
            return text
        }
        return nil
    }

    private func index(of name: String) -> Int? { properties.firstIndex { $0.name == name && !$0.isUsed } }
}

/// Rules.
extension SegmentProperties {
    /// - Parameter blocked: members that are not made, since what came for them does not fit.
    mutating func apply(_ rules: [SegmentRule], blocked: Set<String>) throws(Refusal) {
        for rule in rules where !blocked.contains(rule.target) && !hasMember(rule.target) {
            for name in rule.names {
                guard let index = index(of: name), let json = value(properties[index], rule.form) else { continue }
                properties[index].isUsed = true
                members.append(Member(name: rule.target, json: json))
                break
            }
            if rule.isRequired && !hasMember(rule.target) { throw refusal(of: rule) }
        }
    }

    private func refusal(of rule: SegmentRule) -> Refusal {
        let others = rule.names.dropFirst().joined(separator: " and ")
        guard let name = rule.names.first(where: has) else {
            return Refusal(field: "properties.\(rule.target)", reason: "is missing, and so are \(others)")
        }
        if currency == nil {
            return Refusal(field: "properties.currency", reason: "expected a currency of three letters")
        }
        return Refusal(field: "properties.\(name)", reason: "expected an amount such as 12.34")
    }

    /// Makes `changed` of the properties of the one product that a cart's event is about.
    mutating func gatherChanged(blocked: Set<String>) {
        if has("changed") || blocked.contains("changed") { return }
        let names = Set(SegmentRule.item.flatMap(\.names)).subtracting(["discount"])
        let chosen = properties.indices.filter { !properties[$0].isUsed && names.contains(properties[$0].name) }
        if chosen.isEmpty { return }
        let item = item(chosen.map { (properties[$0].name, properties[$0].node) })
        for index in chosen { properties[index].isUsed = true }
        members.append(Member(name: "changed", json: [UInt8(ascii: "[")] + item + [UInt8(ascii: "]")]))
    }

    /// Gives the members, and what is aside; `rules` are those that were applied.
    mutating func finish(_ rules: [SegmentRule], blocked: Set<String>) -> (members: [Member], aside: JSONObjectText) {
        if properties.contains(where: { $0.name == "currency" }), currency != nil, isMoneyMade(rules) {
            _ = takeText(["currency"])
        }
        var taken = blocked.union(rules.map(\.target)).union(members.map(\.name))
        taken.insert(reserved)
        for property in properties where !property.isUsed {
            let json = Array(tape.written(property.node))
            if taken.contains(property.name) {
                aside.append(property.name, json)
            } else {
                members.append(Member(name: property.name, json: json))
            }
        }
        return (members, aside)
    }

    private func isMoneyMade(_ rules: [SegmentRule]) -> Bool {
        hasMember("items") || hasMember("changed") || rules.contains { $0.form == .money && hasMember($0.target) }
    }
}

/// Values.
extension SegmentProperties {
    /// The currency of amounts; nil where what was sent is none.
    private var currency: Currency? {
        guard let node = properties.first(where: { $0.name == "currency" })?.node else { return givenCurrency }
        return tape.text(of: node).flatMap { Currency(code: $0.uppercased()) }
    }

    private mutating func value(_ property: Property, _ form: SegmentRule.Form) -> [UInt8]? {
        let node = property.node
        switch form {
        case .text: return text(node).map(JSONObjectText.string)
        case .number: return number(node)
        case .money: return money(property)
        case .items:
            guard tape.kind(of: node) == .array else { return tape.integer(of: node).map { Array("\($0)".utf8) } }
            return list(node) { tape.kind(of: $0) == .object ? item(Self.members(of: $0, tape)) : nil }
        case .texts:
            if let text = text(node) { return [UInt8(ascii: "[")] + JSONObjectText.string(text) + [UInt8(ascii: "]")] }
            return list(node) { text($0).map(JSONObjectText.string) }
        case .filters: return list(node) { filter($0).map(JSONObjectText.string) }
        }
    }

    /// A text that is not empty, or a number as it is written.
    private func text(_ node: JSONNode) -> [UInt8]? {
        guard [.string, .number].contains(tape.kind(of: node)) else { return nil }
        let text = tape.utf8(of: node)
        return text.isEmpty ? nil : text
    }

    private func number(_ node: JSONNode) -> [UInt8]? {
        guard let text = text(node) else { return nil }
        var number = JSONTape()
        guard (try? number.scan(text)) != nil, number.kind(of: number.root) == .number else { return nil }
        return Array(number.written(number.root))
    }

    /// Money; the number that was sent is kept aside where it had to be rounded.
    private mutating func money(_ property: Property) -> [UInt8]? {
        if tape.kind(of: property.node) == .object { return Array(tape.written(property.node)) }
        guard let currency, let text = text(property.node), let amount = SegmentAmount(text, currency: currency) else {
            return nil
        }
        if amount.isRounded { aside.append(property.name, tape.written(property.node)) }
        return Array("{\"amount\":\"\(amount.money.decimal)\",\"currency\":\"\(currency.code)\"}".utf8)
    }

    /// The elements, if each gives something.
    private func list(_ node: JSONNode, _ element: (JSONNode) -> [UInt8]?) -> [UInt8]? {
        guard tape.kind(of: node) == .array else { return nil }
        var json = [UInt8(ascii: "[")]
        for inside in tape.elements(of: node) {
            guard let value = element(inside) else { return nil }
            if json.count > 1 { json.append(UInt8(ascii: ",")) }
            json += value
        }
        return json + [UInt8(ascii: "]")]
    }

    private func item(_ properties: [(name: String, node: JSONNode)]) -> [UInt8] {
        var item = SegmentProperties(
            properties, of: tape, reserved: "properties", currency: currency ?? givenCurrency)
        let hasCurrency = item.has("currency") ? item.currency != nil : currency != nil
        // None of its rules is for something that must be there.
        try? item.apply(SegmentRule.item, blocked: hasCurrency ? [] : ["price", "discount"])
        let (members, aside) = item.finish(SegmentRule.item, blocked: [])
        var data = JSONObjectText()
        for member in members { data.append(member.name, member.json) }
        if !aside.isEmpty { data.append("properties", aside.closed) }
        return data.closed
    }

    private func filter(_ node: JSONNode) -> [UInt8]? {
        guard tape.kind(of: node) == .object else { return text(node) }
        guard let type = tape.member("type", of: node).flatMap(text),
            let value = tape.member("value", of: node).flatMap(text)
        else { return nil }
        return type + [UInt8(ascii: "=")] + value
    }
}
