/// A piece of a tree's hashes, or of its entries, as others fetch them: C2SP tlog-tiles.
///
/// A tile of level L holds up to 256 hashes one behind the other: those of the subtrees of height 8 L with the numbers
/// `index * 256` and up. A bundle of entries holds the entries of a tile of level 0.
public struct Tile: Hashable, Sendable {
    /// The hashes of a full tile, or the entries of a full bundle.
    public static let fullWidth: UInt64 = 256
    /// So many levels of the tree lie in one of tiles.
    public static let height = 8
    /// The levels of tiles that a tree of 2^63 leaves has.
    public static let levelCount = 8

    public enum Kind: Hashable, Sendable {
        case hashes(level: Int)
        case entries

        /// The level that the numbers count in.
        public var level: Int {
            switch self {
            case .hashes(let level): level
            case .entries: 0
            }
        }
    }

    public let kind: Kind
    public let index: UInt64
    /// 1...256; less than 256: a tile at the right edge.
    public let width: UInt64

    public init(_ kind: Kind, index: UInt64, width: UInt64 = fullWidth) {
        (self.kind, self.index, self.width) = (kind, index, width)
    }

    /// The numbers of its hashes within their level.
    public var range: Range<UInt64> { index * Self.fullWidth..<index * Self.fullWidth + width }

    /// Whether a tree with so many leaves has all of its hashes.
    public func isInside(size: UInt64) -> Bool { range.upperBound <= Self.count(level: kind.level, size: size) }

    /// How many hashes a level of tiles has in a tree with so many leaves.
    public static func count(level: Int, size: UInt64) -> UInt64 { size >> UInt64(height * level) }

    /// The tiles of a tree with so many leaves that reach beyond the first `old` ones: full ones, and at the right edge the
    /// partial ones.
    public static func tiles(from old: UInt64 = 0, size: UInt64) -> [Tile] {
        ([.entries] + (0..<levelCount).map(Kind.hashes)).flatMap { kind in
            let (first, end) = (count(level: kind.level, size: old), count(level: kind.level, size: size))
            return stride(from: first / fullWidth, to: (end + fullWidth - 1) / fullWidth, by: 1).map { index in
                Tile(kind, index: index, width: min(fullWidth, end - index * fullWidth))
            }
        }
    }
}

/// Paths.
extension Tile {
    /// The path below the log's prefix: `tile/0/x001/x234/067`, `tile/entries/000.p/17`.
    public var path: String {
        var path = "tile/"
        switch kind {
        case .hashes(let level): path += "\(level)"
        case .entries: path += "entries"
        }
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1_000)
            groups.append((groups.isEmpty ? "" : "x") + String(repeating: "0", count: 3 - digits.count) + digits)
            rest /= 1_000
        } while rest > 0
        for group in groups.reversed() { path += "/" + group }
        return width == Self.fullWidth ? path : path + ".p/\(width)"
    }

    /// The tile of a path; nil for anything that ``path`` does not give.
    public init?(path: some StringProtocol) {
        var parts = String(path).split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count >= 3, parts.count <= 12, parts.removeFirst() == "tile" else { return nil }
        let level = parts.removeFirst()
        var kind = Kind.entries
        if level != "entries" {
            guard let number = Int(level), number >= 0, number < Self.levelCount else { return nil }
            kind = .hashes(level: number)
        }
        var width = Self.fullWidth
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let number = UInt64(parts.removeLast()), number >= 1, number < Self.fullWidth else { return nil }
            width = number
            parts[parts.count - 1].removeLast(2)
        }
        var index: UInt64 = 0
        for part in parts {
            guard let number = UInt64(part.drop { $0 == "x" }), number < 1_000, index < .max / 1_000_000 else {
                return nil
            }
            index = index * 1_000 + number
        }
        self.init(kind, index: index, width: width)
        // One spelling for one tile: no signs, no zeros too many, every `x` where it belongs.
        guard self.path == path else { return nil }
    }
}
