/// The texts of names, by their numbers.
struct StoredNameTable: Sendable {
    /// All names, one behind the other, and where each begins.
    private let texts: [UInt8]
    private let starts: [Int]

    init(_ names: [String]) {
        texts = names.flatMap { Array($0.utf8) }
        starts = names.reduce(into: [0]) { $0.append($0.last! + $1.utf8.count) }
    }

    /// Whether the name with a number is this one.
    @inline(__always)
    func isName(_ number: Int, _ text: Span<UInt8>) -> Bool {
        let start = starts[number]
        guard starts[number &+ 1] &- start == text.count else { return false }
        for i in text.indices where texts[start &+ i] != text[i] { return false }
        return true
    }
}
