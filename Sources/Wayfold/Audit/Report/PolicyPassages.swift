package import Touchpoints

/// What policies say of the rules in a report: each passage once, by a number that stands where it was used.
package struct PolicyPassages {
    package struct Passage: Hashable {
        /// Where that policy was activated.
        package let policy: Position
        /// `path = value`, with semicolons between them.
        package let text: String
    }

    /// The first has the number 1.
    package private(set) var all: [Passage] = []
    private var numbers: [Passage: Int] = [:]

    mutating func number(of passage: Passage) -> Int {
        if let known = numbers[passage] { return known }
        all.append(passage)
        numbers[passage] = all.count
        return all.count
    }
}
