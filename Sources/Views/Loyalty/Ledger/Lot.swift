public import Touchpoints

/// Points of one grant that are still there, with the instant at which they expire.
public struct Lot: Hashable, Sendable, BitwiseCopyable {
    /// `.distantFuture`: never.
    public var expires: Timestamp
    /// The event that granted them, or the void that gave them back on another strand; no two lots of one strand that
    /// expire together have the same.
    public var position: Position
    /// Always more than 0.
    public var points: Int64
    public var strand: StrandNumber

    /// First-expiring-first, ties by position: the order in which lots are spent.
    func isSpentBefore(_ other: Lot) -> Bool {
        expires != other.expires ? expires < other.expires : position < other.position
    }
}

/// Points that are granted but cannot be spent yet.
public struct PendingLot: Hashable, Sendable, BitwiseCopyable {
    /// When they are released; never after they expire.
    public var ready: Timestamp
    public var lot: Lot

    func isReadyBefore(_ other: PendingLot) -> Bool {
        ready != other.ready ? ready < other.ready : lot.position < other.lot.position
    }
}

/// Points that were taken while none were there: paid first by later ones.
public struct Debt: Hashable, Sendable, BitwiseCopyable {
    /// The event that took them.
    public var position: Position
    /// Always more than 0.
    public var points: Int64
    public var strand: StrandNumber
    /// As in ``Taking``: a void takes unpaid points of the same cause out first.
    public var cause: Position
    public var use: Use

    func isBefore(_ other: Debt) -> Bool { (position, cause) < (other.position, other.cause) }
}
