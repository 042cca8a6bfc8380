public import Touchpoints

/// Which strands make which customer: the partition of the strands at one position of the log.
///
/// Until two aliases are joined each strand is a customer of its own; a customer is numbered by its smallest strand.
public struct Identity: Sendable {
    public init() {}

    /// The customer to which a strand belongs. O(1).
    @inlinable public func customer(of strand: StrandNumber) -> CustomerNumber {
        CustomerNumber(rawValue: strand.rawValue)
    }

    /// The strands of a customer, ascending.
    public func strands(of customer: CustomerNumber) -> [StrandNumber] {
        [StrandNumber(rawValue: customer.rawValue)]
    }
}
