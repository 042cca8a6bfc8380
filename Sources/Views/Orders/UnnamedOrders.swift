import Projections
import Touchpoints

/// The orders without an id of one day in one currency: nothing can be taken from them, so they are added up.
struct UnnamedOrders: Equatable, Sendable {
    var day: CivilDay
    var currency: Currency
    var orders: Int64
    /// In minor units.
    var amount: Int64
}

extension UnnamedOrders {
    func encode(into writer: inout ByteWriter) {
        writer.write(Int64(day.rawValue))
        writer.write(currency.packed)
        writer.write(orders)
        writer.write(amount)
    }

    init(from reader: inout ByteReader) throws {
        day = try reader.readDay()
        currency = Currency(packed: try reader.readUInt32())
        orders = try reader.readInt64()
        amount = try reader.readInt64()
    }
}

extension ByteReader {
    /// A day, written as its number.
    mutating func readDay() throws(StateError) -> CivilDay {
        guard let number = Int32(exactly: try readInt64()) else { throw StateError("a day exceeds 32 bits") }
        return CivilDay(rawValue: number)
    }
}
