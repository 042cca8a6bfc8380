import Touchpoints

/// The texts behind the log's numbers as the blocks themselves name them, in JSON: what is derived from the log is not asked.
struct LeafNames: ~Copyable {
    private var dictionaries = Dictionaries()
    /// The texts with their quotes, one behind the other.
    private(set) var bytes = ByteBuffer()
    /// By number, where each stands; empty where there is none.
    private var types: [Range<Int>]
    private var channels: [Range<Int>] = [0..<0]
    private var sources: [Range<Int>] = [0..<0]
    private var kinds: [Range<Int>] = [0..<0]
    private var actors: [Range<Int>] = [0..<0]

    init() {
        types = Array(repeating: 0..<0, count: Int(EventType.firstInterned))
        for type in EventType.allBuiltIn { types[Int(type.rawValue)] = add(type.builtInName ?? "") }
    }

    /// Takes over what a block names; blocks must come in their order.
    mutating func add(_ block: borrowing BlockView) throws(LogError) {
        for addition in try block.nameAdditions() {
            guard dictionaries.add(addition) else {
                throw .damaged(block.first, "the numbers of the names do not follow")
            }
            let place = add(addition.name)
            switch addition.table {
            case .type: types.append(place)
            case .channel: channels.append(place)
            case .source: sources.append(place)
            case .kind: kinds.append(place)
            case .actor: actors.append(place)
            }
        }
    }

    /// Where the text of a number stands in ``bytes``; empty for one that nobody has named.
    @inline(__always)
    func place(_ number: UInt16, in table: NameAddition.Table) -> Range<Int> {
        switch table {
        case .type: Self.place(number, types)
        case .channel: Self.place(number, channels)
        case .source: Self.place(number, sources)
        case .kind: Self.place(number, kinds)
        case .actor: Self.place(number, actors)
        }
    }

    @inline(__always)
    private static func place(_ number: UInt16, _ places: [Range<Int>]) -> Range<Int> {
        Int(number) < places.count ? places[Int(number)] : 0..<0
    }

    private mutating func add(_ name: String) -> Range<Int> {
        let start = bytes.count
        bytes.append(string: Array(name.utf8).span.bytes)
        return start..<bytes.count
    }
}
