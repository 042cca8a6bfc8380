/// The parameters behind a path's question mark, as HTML forms and every HTTP library write them.
struct QueryParameters: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    /// - Throws: ``Problem`` where a name or value is not UTF-8.
    init(_ query: String?) throws(Problem) {
        for pair in (query ?? "").split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(sides[0], plusIsSpace: true),
                let value = sides.count == 2 ? Self.decoded(sides[1], plusIsSpace: true) : ""
            else { throw Problem(.badRequest, "a parameter of the query is not UTF-8 in percent-encoding") }
            pairs.append((name, value))
        }
    }

    /// All values of a name, in their order.
    func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The value of a name that may be given once.
    subscript(_ name: String) -> String? {
        get throws(Problem) {
            let values = all(name)
            guard values.count < 2 else {
                throw Problem(.badRequest, "\(name) was given \(values.count) times").about(name)
            }
            return values.first
        }
    }

    /// A whole number in a range.
    func integer(_ name: String, in range: ClosedRange<Int>, default standard: Int) throws(Problem) -> Int {
        guard let text = try self[name] else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw Problem(
                .badRequest, "\(name) is \(text); expected a whole number of \(range.lowerBound)...\(range.upperBound)"
            ).about(name)
        }
        return number
    }

    func position(_ name: String) throws(Problem) -> UInt64? {
        guard let text = try self[name] else { return nil }
        guard let number = UInt64(text) else {
            throw Problem(.badRequest, "\(name) is \(text), which is no position").about(name)
        }
        return number
    }

    /// - Throws: ``Problem`` naming a parameter that is none of these.
    func allowOnly(_ names: Set<String>) throws(Problem) {
        guard let other = pairs.first(where: { !names.contains($0.name) }) else { return }
        let known = names.sorted().joined(separator: ", ")
        throw Problem(.badRequest, "there is no parameter \(other.name); there are \(known)").about(other.name)
    }

    /// Nil where it is not percent-encoded UTF-8.
    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexValue), let low = rest.next().flatMap(hexValue) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        Character(UnicodeScalar(digit)).hexDigitValue.map(UInt8.init)
    }
}
