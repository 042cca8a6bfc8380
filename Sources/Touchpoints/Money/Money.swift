/// An amount in whole minor units (cents) of one currency.
public struct Money: Hashable, Sendable, BitwiseCopyable {
    public var minorUnits: Int64
    public var currency: Currency

    @inlinable public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }
}
