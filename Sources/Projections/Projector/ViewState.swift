public import Touchpoints

/// What a fold keeps of one customer, with an encoding of its own.
///
/// Equal states must have equal bytes and the other way round: states are compared by value when a late event is
/// folded, and by bytes in digests.
public protocol ViewState: Sendable, Equatable {
    /// The state of a customer without events.
    init()
    /// Appends the state's bytes.
    func encode(into writer: inout ByteWriter)
    /// Reads what `encode` wrote; throws on bytes that no state has.
    init(from reader: inout ByteReader) throws
    /// Takes in what another customer has, who becomes one with this one; nothing of it moves (rule 23). Asked of
    /// views in recorded order only.
    mutating func join(_ other: Self)
    /// Takes out what belongs to strands that leave, ascending, and returns it (rule 25). As ``join(_:)``.
    mutating func part(_ leaving: [StrandNumber]) -> Self
}

extension ViewState {
    public mutating func join(_ other: Self) {
        preconditionFailure("\(Self.self) is folded in recorded order and must say how it is joined")
    }
    public mutating func part(_ leaving: [StrandNumber]) -> Self {
        preconditionFailure("\(Self.self) is folded in recorded order and must say how it is parted")
    }
}
