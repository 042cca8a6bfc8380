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
}
