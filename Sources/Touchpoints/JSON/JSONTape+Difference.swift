extension JSONTape {
    /// The name of the first member of one object's text that another has not, or has with another value; empty where there is
    /// none, and where one is no object.
    package static func firstDifference(_ text: [UInt8], _ other: [UInt8]) -> String {
        var (a, b) = (JSONTape(), JSONTape())
        guard (try? a.scan(text)) != nil, (try? b.scan(other)) != nil else { return "" }
        for (one, two) in [(a, b), (b, a)] {
            for (name, value) in one.members(of: one.root) {
                let name = one.text(of: name) ?? ""
                let held = two.member(name, of: two.root).map { two.written($0) == one.written(value) }
                if held != true { return name }
            }
        }
        return ""
    }
}
