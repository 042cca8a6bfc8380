import Touchpoints

/// Which strands no identification may bring together, since a split has parted them (rule 20).
struct Separations: Sendable {
    /// Every strand of one side is apart from every one of the other.
    private struct Separation: Sendable {
        var sides: (Set<StrandNumber>, Set<StrandNumber>)
    }

    private var all: [Int: Separation] = [:]
    private var next = 0
    /// The separations in which a strand is.
    private var ofStrand: [StrandNumber: Set<Int>] = [:]

    var isEmpty: Bool { all.isEmpty }

    /// Parts the strands of two sides. O(strands).
    mutating func add(_ leaving: some Sequence<StrandNumber>, _ staying: some Sequence<StrandNumber>) {
        let sides = (Set(leaving), Set(staying))
        guard !sides.0.isEmpty, !sides.1.isEmpty else { return }
        for strand in sides.0.union(sides.1) { ofStrand[strand, default: []].insert(next) }
        all[next] = Separation(sides: sides)
        next += 1
    }

    /// Whether one of the first strands is apart from one of the second. O(strands + separations of the first ones x strands).
    func isApart(_ a: [StrandNumber], _ b: [StrandNumber]) -> Bool {
        separations(of: a).contains { number in
            let (x, y) = all[number]!.sides
            return a.contains(where: x.contains) && b.contains(where: y.contains)
                || a.contains(where: y.contains) && b.contains(where: x.contains)
        }
    }

    /// Lets each of the first strands join each of the second again; what keeps others apart from them stays.
    mutating func lift(between a: [StrandNumber], and b: [StrandNumber]) {
        let (a, b) = (Set(a), Set(b))
        for number in separations(of: a).sorted() {
            let (x, y) = all[number]!.sides
            guard !a.isDisjoint(with: x) && !b.isDisjoint(with: y) || !a.isDisjoint(with: y) && !b.isDisjoint(with: x)
            else { continue }
            remove(number)
            // One side in three pieces, each with what it is still apart from.
            add(x.intersection(a), y.subtracting(b))
            add(x.intersection(b), y.subtracting(a))
            add(x.subtracting(a).subtracting(b), y)
        }
    }

    private func separations(of strands: some Sequence<StrandNumber>) -> Set<Int> {
        strands.reduce(into: []) { numbers, strand in
            if let own = ofStrand[strand] { numbers.formUnion(own) }
        }
    }

    private mutating func remove(_ number: Int) {
        guard let (x, y) = all.removeValue(forKey: number)?.sides else { return }
        for strand in x.union(y) {
            ofStrand[strand]?.remove(number)
            if ofStrand[strand]?.isEmpty == true { ofStrand[strand] = nil }
        }
    }
}
