/// A stored event as folds see it: a view over the bytes of its block, valid only inside the read that gave it.
///
/// Every field is one unaligned load. Nothing here is personal: ids, names and personal data lie elsewhere.
public struct EventView: ~Escapable {
    /// The event's place in the log.
    public let position: Position
    @usableFromInline let header: RawSpan
    @usableFromInline let clear: RawSpan

    /// - Parameters:
    ///   - header: exactly ``EventHeader/byteCount`` bytes.
    ///   - clear: the event's clear part (see ``ClearPart``).
    @_lifetime(copy header, copy clear)
    @inlinable public init(position: Position, header: RawSpan, clear: RawSpan) {
        precondition(header.byteCount == EventHeader.byteCount)
        self.position = position
        self.header = header
        self.clear = clear
    }

    /// The bytes of the header (see ``EventHeader``).
    package var headerBytes: RawSpan {
        @_lifetime(copy self) get { header }
    }

    @inlinable func load<T: BitwiseCopyable>(_ offset: Int, as type: T.Type) -> T {
        unsafe header.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: type)
    }
}

/// Time and order.
extension EventView {
    /// The producer's own time, as sent (or the recorded time where it sent none).
    @inlinable public var occurred: Timestamp { load(EventHeader.Offset.occurred, as: Timestamp.self) }
    /// The time that the log gave; never goes back from one position to the next.
    @inlinable public var recorded: Timestamp { load(EventHeader.Offset.recorded, as: Timestamp.self) }
    /// The time of the event in every fold: the earlier of occurred and recorded (rule 1).
    @inlinable public var time: Timestamp { min(occurred, recorded) }
    /// The CloudEvents extension `sequence`; 0 where absent.
    @inlinable public var sequence: Int64 { load(EventHeader.Offset.sequence, as: Int64.self) }
    /// The event's place in occurred order.
    @inlinable public var foldKey: FoldKey { FoldKey(time: time, sequence: sequence, position: position) }
}

/// What and where.
extension EventView {
    @inlinable public var type: EventType { load(EventHeader.Offset.type, as: EventType.self) }
    @inlinable public var strand: StrandNumber { load(EventHeader.Offset.strand, as: StrandNumber.self) }
    @inlinable public var channel: ChannelNumber { load(EventHeader.Offset.channel, as: ChannelNumber.self) }
    @inlinable public var source: SourceNumber { load(EventHeader.Offset.source, as: SourceNumber.self) }
    @inlinable public var actor: ActorNumber { load(EventHeader.Offset.actor, as: ActorNumber.self) }
    @inlinable public var flags: EventHeader.Flags { load(EventHeader.Offset.flags, as: EventHeader.Flags.self) }
    /// A keyed hash of `sessionid`, 0 without one. Compare it only within one customer.
    @inlinable public var session: UInt64 { load(EventHeader.Offset.session, as: UInt64.self) }
    /// A keyed hash of `orderid`, 0 without one. Compare it only within one customer.
    @inlinable public var order: UInt64 { load(EventHeader.Offset.order, as: UInt64.self) }
    /// Whether the event says that the customer met the company (rule 21).
    @inlinable public var isTouchpoint: Bool { flags.isDisjoint(with: [.notTouchpoint, .recordOnly]) }
    /// Whether projectors see the event at all.
    @inlinable public var isFolded: Bool { !flags.contains(.recordOnly) }
}

/// How much.
extension EventView {
    /// `data.total` of `order.*`; nil on other types.
    @inlinable public var money: Money? {
        guard flags.contains(.hasMoney) else { return nil }
        return Money(
            minorUnits: load(EventHeader.Offset.amount, as: Int64.self),
            currency: load(EventHeader.Offset.currency, as: Currency.self))
    }
    /// `data.points` of `points.*`; nil on other types.
    @inlinable public var points: Int64? {
        flags.contains(.hasPoints) ? load(EventHeader.Offset.amount, as: Int64.self) : nil
    }
    /// The bytes of the clear part (see ``ClearPart``).
    public var clearBytes: RawSpan {
        @_lifetime(copy self) get { clear }
    }
}
