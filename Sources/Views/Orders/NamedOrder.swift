import Projections
import Touchpoints

/// What is known of one order with an id in one currency; that it was cancelled stands under no currency.
struct NamedOrder: Equatable, Sendable {
    /// The hash of the order's id.
    var id: UInt64
    var currency: Currency
    /// The day of the first payment in this currency; nil as long as there is none.
    var day: CivilDay?
    /// All payments, in minor units.
    var paid: Int64 = 0
    /// All refunds, in minor units.
    var refunded: Int64 = 0
    /// A refund has named it, if only of 0.00.
    var isRefunded = false
    var isCancelled = false

    /// Whether it is paid and not refunded in full; that it was cancelled stands elsewhere.
    var isKept: Bool { day != nil && !(isRefunded && refunded >= paid) }

    /// What it brought, refunds taken off; counts where it is kept.
    var amount: Int64 { paid - refunded }

    /// Throws where ``amount`` would overflow.
    func checkAmount() throws(MoneyOverflow) {
        if paid.subtractingReportingOverflow(refunded).overflow { throw MoneyOverflow() }
    }
}

extension NamedOrder {
    func encode(into writer: inout ByteWriter) {
        writer.writeFixed(id)
        writer.write(currency.packed)
        writer.write(UInt64(day == nil ? 0 : 1) | UInt64(isRefunded ? 2 : 0) | UInt64(isCancelled ? 4 : 0))
        if let day { writer.write(Int64(day.rawValue)) }
        writer.write(paid)
        writer.write(refunded)
    }

    init(from reader: inout ByteReader) throws {
        id = try reader.readFixed()
        currency = Currency(packed: try reader.readUInt32())
        let flags = try reader.readUInt64()
        guard flags < 8 else { throw StateError("an order has unknown flags") }
        day = flags & 1 == 0 ? nil : try reader.readDay()
        isRefunded = flags & 2 != 0
        isCancelled = flags & 4 != 0
        paid = try reader.readInt64()
        refunded = try reader.readInt64()
        try checkAmount()
    }
}
