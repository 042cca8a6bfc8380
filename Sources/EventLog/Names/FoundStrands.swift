import Touchpoints

/// The strands that aliases were found to have, so that the next look-up is O(1); of a bounded number of aliases.
///
/// Two tables: what is noted goes into the newer one. When that is full it becomes the older one, and what the older one
/// held is forgotten: the least that is known are the last `limit` that were noted.
struct FoundStrands: Sendable {
    private let limit: Int
    private var newer = HashTable()
    private var older = HashTable()

    /// Memory: some 100 bytes for each of `limit` aliases, once they were noted.
    init(limit: Int) { self.limit = limit }

    /// One that knows nothing, of the same bound.
    var emptied: FoundStrands { FoundStrands(limit: limit) }

    /// How many aliases it knows at most.
    var count: Int { newer.count + older.count }

    /// The strand of an alias; nil where it is not known. O(1).
    subscript(alias: Hash128) -> UInt64? { newer[alias] ?? older[alias] }

    /// Looks up those of many aliases whose strand is 0 as yet; see ``HashTable/lookUp(_:into:)``.
    func lookUp(_ aliases: [Hash128], into strands: inout [UInt64]) {
        newer.lookUp(aliases, into: &strands)
        older.lookUp(aliases, into: &strands)
    }

    /// Notes the newest strand of an alias. O(1), amortized.
    mutating func put(_ alias: Hash128, _ strand: StrandNumber) {
        guard limit > 0 else { return }
        if newer.count >= limit { (older, newer) = (newer, HashTable()) }
        newer.put(alias, UInt64(strand.rawValue))
    }
}
