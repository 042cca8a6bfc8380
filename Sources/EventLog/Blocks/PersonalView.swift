import Touchpoints

/// The personal value beside a block: a view over its bytes, valid only inside the read that gave it.
struct PersonalView: ~Escapable {
    let bytes: RawSpan
    let count: Int
    let newStrandCount: Int

    /// A view over bytes that ``check(_:beside:)`` has accepted.
    @_lifetime(copy bytes)
    init(checked bytes: RawSpan) {
        self.bytes = bytes
        count = Int(bytes.integer(at: BlockLayout.Personal.count, as: UInt32.self))
        newStrandCount = Int(bytes.integer(at: BlockLayout.Personal.newStrands, as: UInt32.self))
    }

    /// Checks that the bytes are the personal value of `block` and that its entries lie inside of it. O(entries).
    static func check(_ bytes: RawSpan, beside block: borrowing BlockView) throws(LogError) {
        typealias Layout = BlockLayout.Personal
        let entries = Layout.offsets + 4 * (block.count + block.newStrandCount + 1)
        guard bytes.byteCount >= entries,
            bytes.integer(at: 0, as: UInt32.self) == Layout.magic,
            bytes.integer(at: 4, as: UInt16.self) == Layout.version, bytes.integer(at: 6, as: UInt16.self) == 0,
            bytes.integer(at: Layout.count) == UInt32(block.count),
            bytes.integer(at: Layout.newStrands) == UInt32(block.newStrandCount)
        else { throw .damaged(block.first, "the personal value does not belong to the block") }
        var before: UInt32 = 0
        for index in 0...(block.count + block.newStrandCount) {
            let offset: UInt32 = bytes.integer(at: Layout.offsets + 4 * index)
            guard offset >= before, Int(offset) <= bytes.byteCount - entries else {
                throw .damaged(block.first, "the personal value's offsets do not fit")
            }
            before = offset
        }
        guard bytes.integer(at: Layout.offsets) == UInt32(0), Int(before) == bytes.byteCount - entries else {
            throw .damaged(block.first, "the personal value's offsets do not cover it")
        }
    }

    /// The event's entry: salt, then its personal part; empty when erased.
    @_lifetime(copy self)
    func eventEntry(_ index: Int) -> RawSpan { entry(index) }

    /// The entry of a new strand: salt, then the value of its alias; empty when erased.
    @_lifetime(copy self)
    func aliasEntry(_ index: Int) -> RawSpan { entry(count + index) }

    /// The value of a new strand's alias; empty when erased.
    @_lifetime(copy self)
    func aliasValue(_ index: Int) -> RawSpan {
        let entry = aliasEntry(index)
        return entry.extracting(droppingFirst: min(BlockLayout.saltByteCount, entry.byteCount))
    }

    private var entries: Int { BlockLayout.Personal.offsets + 4 * (count + newStrandCount + 1) }

    @_lifetime(copy self)
    private func entry(_ index: Int) -> RawSpan {
        let at = BlockLayout.Personal.offsets + 4 * index
        let start = Int(bytes.integer(at: at, as: UInt32.self))
        let end = Int(bytes.integer(at: at + 4, as: UInt32.self))
        return bytes.extracting(entries + start..<entries + end)
    }
}
