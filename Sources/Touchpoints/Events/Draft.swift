/// 128 bits of a keyed hash.
public struct Hash128: Hashable, Comparable, Sendable, BitwiseCopyable {
    public var high: UInt64
    public var low: UInt64

    @inlinable public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
    @inlinable public static func < (a: Hash128, b: Hash128) -> Bool {
        a.high != b.high ? a.high < b.high : a.low < b.low
    }
}

/// A validated event on its way to the log: everything that does not depend on its position.
///
/// The texts lie in the arena of the ``DraftBatch``; a draft holds where. 0 bytes means "absent".
public struct Draft: Sendable, BitwiseCopyable, Equatable {
    /// A piece of the batch's arena.
    public struct Piece: Sendable, BitwiseCopyable, Equatable {
        public var offset: UInt32
        public var count: UInt32
        @inlinable public init(offset: UInt32 = 0, count: UInt32 = 0) {
            self.offset = offset
            self.count = count
        }
        @inlinable public var range: Range<Int> { Int(offset)..<Int(offset) + Int(count) }
    }

    /// Keyed hash of source and id: equality is identity.
    public var identity = Hash128(high: 0, low: 0)
    /// Keyed hash of the content: what the producer made, never what we supplied.
    public var content: UInt64 = 0
    /// The producer's time; ignored under the flag `timeSupplied`.
    public var occurred = Timestamp.epoch
    public var sequence: Int64 = 0
    /// Keyed hashes of `sessionid` and `orderid`, never 0 where there is one.
    public var session: UInt64 = 0
    public var order: UInt64 = 0
    public var amount: Int64 = 0
    public var currency = Currency(packed: 0)
    public var flags: EventHeader.Flags = []
    /// The built-in type, or none: then `typeName` is interned.
    public var type = EventType.none

    public var typeName = Piece()
    public var source = Piece()
    public var channel = Piece()
    /// The alias of the subject: its kind and its value.
    public var aliasKind = Piece()
    public var aliasValue = Piece()
    /// The aliases that `customer.*` names in its data: kind and value of each, as ``AliasList`` writes them.
    public var otherAliases = Piece()
    /// Of `event.voided`: the identity of the event that it names by source and id. One named by its position has
    /// that in `amount`.
    public var target = Hash128(high: 0, low: 0)
    /// The event's clear part, as it is stored.
    public var clear = Piece()
    /// The event's personal part, as it is stored but for its salt.
    public var personal = Piece()
    /// The line (or ordinal in an array) that it came from, for messages; 1 is the first.
    public var line: UInt64 = 0

    public init() {}
}

/// Drafts with the bytes that they point into; what Ingest makes, the owner's socket carries and the log appends.
public struct DraftBatch: Sendable, Equatable {
    public var drafts: [Draft] = []
    public var arena: [UInt8] = []

    public init() {}

    /// An empty batch with room for so many drafts, whose texts have so many bytes.
    public init(room count: Int, byteCount: Int) {
        reserve(count, byteCount: byteCount)
    }

    /// Makes room in an empty batch.
    public mutating func reserve(_ count: Int, byteCount: Int) {
        drafts.reserveCapacity(count)
        arena.reserveCapacity(byteCount)
    }

    public var count: Int { drafts.count }
    public var isEmpty: Bool { drafts.isEmpty }

    /// Copies bytes into the arena.
    @specialized(where Bytes == [UInt8])
    public mutating func place<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> Draft.Piece {
        let offset = arena.count
        arena.append(contentsOf: bytes)
        return Draft.Piece(offset: UInt32(offset), count: UInt32(arena.count - offset))
    }

    /// Adds a draft whose pieces lie in `texts`, with a copy of these.
    public mutating func append(_ draft: Draft, texts: borrowing ByteBuffer) {
        var moved = draft
        moved.move(by: arena.count)
        texts.append(to: &arena)
        drafts.append(moved)
    }

    /// Adds all drafts of another batch.
    public mutating func append(_ other: DraftBatch) {
        let start = arena.count
        arena.append(contentsOf: other.arena)
        for draft in other.drafts {
            var moved = draft
            moved.move(by: start)
            drafts.append(moved)
        }
    }

    public func text(_ piece: Draft.Piece) -> String { String(decoding: arena[piece.range], as: UTF8.self) }
    public mutating func removeAll() {
        drafts.removeAll(keepingCapacity: true)
        arena.removeAll(keepingCapacity: true)
    }
}

extension Draft {
    /// All pieces of the arena that the draft points at.
    public var pieces: [Piece] { [typeName, source, channel, aliasKind, aliasValue, otherAliases, clear, personal] }

    /// How many bytes all pieces have together.
    public var textByteCount: Int {
        Int(typeName.count) + Int(source.count) + Int(channel.count) + Int(aliasKind.count) + Int(aliasValue.count)
            + Int(otherAliases.count) + Int(clear.count) + Int(personal.count)
    }

    /// The part of the arena that all pieces lie in, and perhaps others between them.
    public var extent: Range<Int> {
        var (start, end) = (clear.range.lowerBound, clear.range.upperBound)
        func include(_ piece: Piece) {
            guard piece.count > 0 else { return }
            start = min(start, piece.range.lowerBound)
            end = max(end, piece.range.upperBound)
        }
        include(typeName)
        include(source)
        include(channel)
        include(aliasKind)
        include(aliasValue)
        include(otherAliases)
        include(personal)
        return start..<end
    }

    /// Lets all pieces lie so many bytes further on, or before.
    public mutating func move(by distance: Int) {
        func move(_ piece: inout Piece) {
            piece.offset = piece.count == 0 ? 0 : UInt32(Int(piece.offset) + distance)
        }
        move(&typeName)
        move(&source)
        move(&channel)
        move(&aliasKind)
        move(&aliasValue)
        move(&otherAliases)
        move(&clear)
        move(&personal)
    }
}

extension DraftBatch {
    /// Adds a draft of another batch, with a copy of what it points at.
    public mutating func append(_ draft: Draft, of other: DraftBatch) {
        var copy = draft
        func move(_ piece: Draft.Piece, _ batch: inout DraftBatch) -> Draft.Piece {
            batch.place(other.arena[piece.range])
        }
        copy.typeName = move(draft.typeName, &self)
        copy.source = move(draft.source, &self)
        copy.channel = move(draft.channel, &self)
        copy.aliasKind = move(draft.aliasKind, &self)
        copy.aliasValue = move(draft.aliasValue, &self)
        copy.otherAliases = move(draft.otherAliases, &self)
        copy.clear = move(draft.clear, &self)
        copy.personal = move(draft.personal, &self)
        drafts.append(copy)
    }
}
