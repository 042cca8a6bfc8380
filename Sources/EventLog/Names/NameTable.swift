/// The texts of one dictionary with their dense numbers.
struct NameTable: Equatable, Sendable {
    /// The number of the first text.
    let first: UInt16
    private(set) var names: [String] = []
    private var numbers: [String: UInt16] = [:]

    init(first: UInt16 = 1) { self.first = first }

    /// The number that the next new text gets; nil when all 65,535 are given.
    var nextNumber: UInt16? { UInt16(exactly: Int(first) + names.count) }

    func number(of name: String) -> UInt16? { numbers[name] }

    /// The text of a number; nil for a number that was not given.
    func name(of number: UInt16) -> String? {
        let index = Int(number) - Int(first)
        return names.indices.contains(index) ? names[index] : nil
    }

    /// Notes a text under the next number; false when the number is another or the text is known.
    mutating func add(_ name: String, as number: UInt16) -> Bool {
        guard number == nextNumber, numbers[name] == nil else { return false }
        names.append(name)
        numbers[name] = number
        return true
    }
}
