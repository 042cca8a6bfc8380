import Touchpoints

/// Reads all that is stored of the events of a log, from the first one on.
package struct SealedLog {
    private let blocks: LogSnapshot

    /// Stands at what is committed now.
    package init(folder: DataFolder) throws(LogError) { blocks = try LogSnapshot(LogTables(folder, .readOnly)) }

    /// Hands on the events up to a position of the log, in their order. O(bytes), in memory one block.
    ///
    /// Each block is held against its digests. Throws `damaged` at the first bad one, and what `body` throws.
    package func forEach(
        through last: Position, _ body: (borrowing EventView, SealedEvent) throws -> Void
    ) throws {
        let blocks = blocks
        var chain = VerifiedChain()
        var writer = LeafWriter()
        try blocks.forEachBlock(from: Position(1)) { block in
            try block.checkEvents()
            let personal = try blocks.personal(beside: block)
            if let finding = try chain.verify(block, personal).first {
                throw LogError.damaged(finding.position, finding.what)
            }
            try writer.addNames(of: block)
            var strands = NewStrands(block)
            let count = Int(min(block.last, last).rawValue - block.first.rawValue) + 1
            try writer.forEachLeaf(of: block, 0..<count) { index, leaf in
                let event = block.event(index)
                let entry = personal.eventEntry(index)
                let aliases = strands.take(event, isLast: index == block.count - 1).map { index in
                    let entry = personal.aliasEntry(index)
                    return SealedEvent.Alias(salt: entry.salt, value: entry.salted)
                }
                try body(
                    event,
                    SealedEvent(
                        leaf: leaf.copied(), salt: entry.salt, personal: entry.salted, aliases: aliases))
            }
            return block.last < last
        }
    }
}

extension RawSpan {
    /// The salt of an entry of a personal value, and what stands behind it; both are empty where that is shorter.
    fileprivate var salt: [UInt8] { extracting(0..<min(byteCount, BlockLayout.saltByteCount)).copied() }
    fileprivate var salted: [UInt8] { extracting(min(byteCount, BlockLayout.saltByteCount)..<byteCount).copied() }
}
