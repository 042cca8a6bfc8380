import Digests
public import Touchpoints

/// A block of the log: a view over its bytes, valid only inside the read that gave it.
///
/// Its own lengths were checked, O(1); ``checkEvents()`` checks those of its events, so that nothing in it can lie
/// outside of its bytes.
public struct BlockView: ~Escapable {
    @usableFromInline let bytes: RawSpan
    /// The position of the first event.
    public let first: Position
    /// How many events; never 0.
    public let count: Int
    @usableFromInline let clearOffset: Int

    /// A view over bytes that ``check(_:key:)`` has accepted.
    @_lifetime(copy bytes)
    init(checked bytes: RawSpan) {
        self.bytes = bytes
        first = Position(bytes.integer(at: BlockLayout.first))
        count = Int(bytes.integer(at: BlockLayout.count, as: UInt32.self))
        clearOffset = Int(bytes.integer(at: BlockLayout.clearOffset, as: UInt32.self))
    }

    /// Checks that the bytes stored under `key` are a block whose parts lie inside of it. O(1).
    static func check(_ bytes: RawSpan, key: Position) throws(LogError) {
        guard bytes.byteCount >= BlockLayout.headers + BlockLayout.trailerByteCount,
            bytes.integer(at: 0, as: UInt32.self) == BlockLayout.magic
        else { throw .damaged(key, "this is no block") }
        guard bytes.integer(at: 4, as: UInt16.self) == BlockLayout.version else {
            throw .damaged(key, "a block of version \(bytes.integer(at: 4, as: UInt16.self))")
        }
        let block = BlockView(checked: bytes)
        guard block.first == key else { throw .damaged(key, "a block of position \(block.first)") }
        let identities =
            BlockLayout.headers + block.count * (EventHeader.byteCount + BlockLayout.Identity.byteCount)
        guard block.count > 0, bytes.integer(at: BlockLayout.byteCount) == UInt32(bytes.byteCount),
            block.dictionaryOffset == identities,
            block.clearOffset >= block.dictionaryOffset + BlockLayout.NewStrand.byteCount * block.newStrandCount,
            block.clearOffset <= bytes.byteCount - BlockLayout.trailerByteCount,
            key.rawValue <= .max - UInt64(block.count)
        else { throw .damaged(key, "the block's lengths do not fit together") }
    }

    /// The event with this index, 0 the first; it must have been checked.
    @_lifetime(copy self)
    @inlinable public func event(_ index: Int) -> EventView {
        let at = BlockLayout.headers + index * EventHeader.byteCount
        let header = bytes.extracting(at..<at + EventHeader.byteCount)
        let start =
            clearOffset + Int(header.integer(at: EventHeader.Offset.clearOffset, as: UInt32.self))
        let length = Int(header.integer(at: EventHeader.Offset.clearLength, as: UInt16.self))
        return EventView(
            position: Position(first.rawValue + UInt64(index)), header: header,
            clear: bytes.extracting(start..<start + length))
    }

    /// The addresses of the headers and of the clear parts, valid as long as the block.
    func withParts(_ body: (_ headers: UnsafeRawPointer, _ clears: UnsafeRawPointer) -> Void) {
        unsafe bytes.withUnsafeBytes { all in
            unsafe body(all.baseAddress! + BlockLayout.headers, all.baseAddress! + clearOffset)
        }
    }

    /// Checks where the headers of all events point. O(events).
    func checkEvents() throws(LogError) {
        for index in 0..<count { try checkEvent(index) }
    }

    /// Checks where the header of one event points.
    func checkEvent(_ index: Int) throws(LogError) {
        let at = BlockLayout.headers + index * EventHeader.byteCount
        let offset: UInt32 = bytes.integer(at: at + EventHeader.Offset.clearOffset)
        let length = UInt32(bytes.integer(at: at + EventHeader.Offset.clearLength, as: UInt16.self))
        let strand: UInt32 = bytes.integer(at: at + EventHeader.Offset.strand)
        let other: UInt32 = bytes.integer(at: at + EventHeader.Offset.otherStrand)
        let clearCount = UInt32(bytes.byteCount - BlockLayout.trailerByteCount - clearOffset)
        guard offset <= clearCount, length <= clearCount - offset, strand <= strandsAfter, other <= strandsAfter
        else {
            throw .damaged(Position(first.rawValue + UInt64(index)), "the event's header points outside of its block")
        }
    }
}

/// The block as a whole.
extension BlockView {
    /// The position of the last event.
    public var last: Position { Position(first.rawValue + UInt64(count) - 1) }
    /// The smallest and the greatest fold time of its events.
    public var times: ClosedRange<Timestamp> {
        let least: Int64 = bytes.integer(at: BlockLayout.minTime)
        return Timestamp(
            rawValue: least)...Timestamp(
                rawValue: max(least, bytes.integer(at: BlockLayout.maxTime)))
    }
    /// How many strands there were before this block.
    public var strandsBefore: UInt32 { bytes.integer(at: BlockLayout.strandsBefore) }
    /// How many strands there are with this block.
    public var strandsAfter: UInt32 { strandsBefore &+ UInt32(newStrandCount) }
    /// How many strands the block adds: their numbers follow ``strandsBefore``.
    public var newStrandCount: Int { Int(bytes.integer(at: BlockLayout.newStrands, as: UInt32.self)) }
    /// The recorded time of the last event: the log's clock there.
    public var clock: Timestamp { recorded(count - 1) }

    /// The index of an event by its position, which the block must hold.
    public func index(of position: Position) -> Int {
        precondition(position >= first && position <= last, "the block holds \(first) to \(last)")
        return Int(position.rawValue - first.rawValue)
    }

    /// The recorded time of the event with this index.
    func recorded(_ index: Int) -> Timestamp {
        let at = BlockLayout.headers + index * EventHeader.byteCount + EventHeader.Offset.recorded
        return Timestamp(rawValue: bytes.integer(at: at))
    }

    /// The length of the personal value when it was written; emptied entries make it shorter.
    var personalByteCount: Int { Int(bytes.integer(at: BlockLayout.personalByteCount, as: UInt32.self)) }
    var previousDigest: Digest256 { digest(at: BlockLayout.previousDigest) }
    /// The block's own digest as it is stored.
    var digest: Digest256 { digest(at: bytes.byteCount - BlockLayout.trailerByteCount) }
    /// Everything that the digest covers.
    var digested: RawSpan {
        @_lifetime(copy self) get { bytes.extracting(0..<bytes.byteCount - BlockLayout.trailerByteCount) }
    }
    /// Whether the bytes are the ones that were written. About 0.1 ns a byte.
    var isIntact: Bool {
        let sum: UInt64 = bytes.integer(at: bytes.byteCount - 8)
        return XXH64.checksum(of: bytes.extracting(droppingLast: 8)) == sum
    }
}

/// What lies beside the headers.
extension BlockView {
    func identity(_ index: Int) -> Hash128 { bytes.hash128(at: identityOffset(index) + BlockLayout.Identity.identity) }
    func content(_ index: Int) -> UInt64 { bytes.integer(at: identityOffset(index) + BlockLayout.Identity.content) }
    func personalDigest(_ index: Int) -> Digest256 {
        digest(at: identityOffset(index) + BlockLayout.Identity.personalDigest)
    }

    /// The kind of the new strand with this index.
    func kindOfNewStrand(_ index: Int) -> KindNumber {
        KindNumber(rawValue: bytes.integer(at: newStrandOffset(index) + BlockLayout.NewStrand.kind))
    }
    func aliasDigest(_ index: Int) -> Digest256 {
        digest(at: newStrandOffset(index) + BlockLayout.NewStrand.personalDigest)
    }

    /// The dictionary's additions, in the order in which they were made.
    func nameAdditions() throws(LogError) -> [NameAddition] {
        var at = dictionaryOffset + BlockLayout.NewStrand.byteCount * newStrandCount
        var additions: [NameAddition] = []
        let section = bytes.extracting(0..<clearOffset)
        while at < clearOffset {
            guard let addition = NameAddition.decode(section, at: &at) else {
                throw .damaged(first, "an addition to the dictionaries cannot be read")
            }
            additions.append(addition)
        }
        return additions
    }

    private var dictionaryOffset: Int { Int(bytes.integer(at: BlockLayout.dictionaryOffset, as: UInt32.self)) }
    private func digest(at offset: Int) -> Digest256 {
        Digest256(bytes: bytes.extracting(offset..<offset + Digest256.byteCount))!
    }
    private func newStrandOffset(_ index: Int) -> Int {
        precondition(index >= 0 && index < newStrandCount)
        return dictionaryOffset + BlockLayout.NewStrand.byteCount * index
    }
    private func identityOffset(_ index: Int) -> Int {
        precondition(index >= 0 && index < count)
        return BlockLayout.headers + count * EventHeader.byteCount + index * BlockLayout.Identity.byteCount
    }
}
