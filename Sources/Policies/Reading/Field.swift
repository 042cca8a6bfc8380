import Touchpoints
import Yams

/// One value in the text, with its place: asked for what it should be, it gives that or notes what is wrong.
struct Field {
    let node: Node
    let path: String
    /// The path with `[]` for every index and `*` for every free key.
    let pattern: String
    let diagnostics: Diagnostics

    func wrong(_ message: String, nearest suggestion: String? = nil) {
        diagnostics.add(message, at: self, suggestion: suggestion)
    }

    /// `null`, `~` or nothing at all.
    var isNull: Bool {
        guard let scalar = node.scalar else { return false }
        return scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }

    /// A text of 1 to 255 bytes; `expected` says what it is, for the message.
    func text(_ expected: String = "a text") -> String? {
        guard let scalar = node.scalar, !isNull else { return refuse(expected) }
        guard scalar.string.utf8.count <= 255, !scalar.string.utf8.contains(where: { $0 < 0x20 }) else {
            return refuse(expected + " of at most 255 bytes, without control characters")
        }
        return scalar.string
    }

    /// A name of our own kinds of things: small letters, digits, `-`, beginning with a letter, at most 64 bytes.
    func name() -> String? {
        let expected = "a name like at-risk (small letters, digits, -)"
        guard let text = text(expected) else { return nil }
        guard text.utf8.count <= 64, let first = text.unicodeScalars.first, ("a"..."z").contains(first),
            text.unicodeScalars.allSatisfy({ ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" })
        else { return refuse(expected) }
        return text
    }

    func bool() -> Bool? { word(of: ["true", "false"]).map { $0 == "true" } }

    func word(of words: [String]) -> String? {
        let expected = words.count == 2 ? words.joined(separator: " or ") : "one of " + words.joined(separator: ", ")
        guard let text = text(expected) else { return nil }
        guard words.contains(text) else {
            return refuse(expected, nearest: Policies.nearest(to: text, among: words))
        }
        return text
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(of: Choice.Type) -> Choice? {
        word(of: Choice.allCases.map(\.rawValue)).flatMap(Choice.init)
    }

    func whole(in range: ClosedRange<Int>) -> Int? {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let text = text(expected) else { return nil }
        guard let number = Int(text), text.first != "+", range.contains(number) else { return refuse(expected) }
        return number
    }

    /// Not negative, with at most four digits after the point.
    func decimal() -> FixedDecimal? {
        let expected = "a number like 12 or 0.5, with at most 4 digits after the point"
        guard let text = text(expected) else { return nil }
        guard let number = FixedDecimal(text) else { return refuse(expected) }
        return number
    }

    func period(atLeast least: Period) -> Period? {
        let expected = "a number and a unit like 30m, 24h or 30d, at least \(least) and at most 36500d"
        guard let text = text(expected) else { return nil }
        guard let period = Period(text), period.nominalSeconds >= least.nominalSeconds else { return refuse(expected) }
        return period
    }

    /// Elapsed time; days are civil and therefore refused.
    func elapsed(_ range: ClosedRange<Elapsed>) -> Elapsed? {
        let least = Period.elapsed(range.lowerBound)
        let expected = "seconds, minutes or hours like 30m, from \(least) to \(Period.elapsed(range.upperBound))"
        guard let text = text(expected) else { return nil }
        guard case .elapsed(let elapsed) = Period(text), range.contains(elapsed) else { return refuse(expected) }
        return elapsed
    }

    func timestamp() -> Timestamp? {
        guard let text = text("a time like 1970-01-01T00:00:00Z") else { return nil }
        do throws(TimestampError) {
            return try Timestamp(rfc3339: text)
        } catch {
            wrong(error.description)
            return nil
        }
    }

    /// The elements, as far as they can be read; nil where one cannot, or where there are not so many.
    func list<Element>(_ count: ClosedRange<Int>, of element: (Field) -> Element?) -> [Element]? {
        guard let sequence = node.sequence else { return refuse("a list") }
        guard count.contains(sequence.count) else {
            return refuse("a list of \(count.lowerBound) to \(count.upperBound) elements, not \(sequence.count)")
        }
        let read = sequence.enumerated().map { index, node in
            element(
                Field(node: node, path: "\(path)[\(index)]", pattern: pattern + "[]", diagnostics: diagnostics))
        }
        return read.contains { $0 == nil } ? nil : read.compactMap { $0 }
    }

    /// Notes that the value is not what was expected.
    func refuse<Value>(_ expected: String, nearest suggestion: String? = nil) -> Value? {
        let found: String
        switch node {
        case .scalar(let scalar): found = isNull ? "nothing" : "\"\(scalar.string.prefix(60))\""
        case .mapping: found = "a map"
        case .sequence: found = "a list"
        case .alias: found = "an alias"
        }
        wrong("expected \(expected), found \(found)", nearest: suggestion)
        return nil
    }
}

extension Period {
    /// To compare periods, a day taken as 24 hours.
    fileprivate var nominalSeconds: Int64 {
        switch self {
        case .elapsed(let elapsed): elapsed.microseconds / 1_000_000
        case .days(let days): Int64(days) * 86_400
        }
    }
}
