extension Money {
    /// Money from a decimal text (`12.34`), exactly: no more digits behind the point than the currency has.
    ///
    /// A negative amount is read; whether there may be one is for the schema to say.
    public init(decimal: Span<UInt8>, currency: Currency) throws(DecimalError) {
        self.init(minorUnits: try Decimal.scaled(decimal, digits: currency.minorDigits), currency: currency)
    }

    /// The amount as a decimal text with all the digits of the currency: `12.30`, `-0.05`, of yen `1200`.
    public var decimal: String { Decimal.text(minorUnits, digits: currency.minorDigits) }
}
