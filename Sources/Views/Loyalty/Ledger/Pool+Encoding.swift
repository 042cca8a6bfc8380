public import Projections
import Touchpoints

/// The stored form: nine lists, each behind its count, every field a varint but the hashes of order ids.
extension Pool {
    public func encode(into writer: inout ByteWriter) {
        writer.write(accounts) { writer, account in
            writer.write(account.strand.rawValue)
            writer.write(account.earned)
            writer.write(account.redeemed)
            writer.write(account.expired)
            writer.write(account.reversed)
            writer.write(account.adjusted)
            writer.write(account.moved)
        }
        writer.write(lots) { $0.write($1) }
        writer.write(pending) { writer, entry in
            writer.write(entry.ready)
            writer.write(entry.lot)
        }
        writer.write(debts) { writer, debt in
            writer.write(debt.position.rawValue)
            writer.write(debt.points)
            writer.write(debt.strand.rawValue)
            writer.write(debt.cause.rawValue)
            writer.write(UInt16(debt.use.rawValue))
        }
        writer.write(orders) { $0.write($1) }
        writer.write(refunds) { $0.write($1) }
        writer.write(applied) { writer, entry in
            writer.write(entry.record.rawValue)
            writer.write(entry.refund)
        }
        writer.write(takings) { writer, taking in
            writer.write(taking.cause.rawValue)
            writer.write(UInt16(taking.use.rawValue))
            writer.write(taking.strand.rawValue)
            writer.write(taking.lot)
        }
        writer.write(memberships) { writer, membership in
            writer.write(membership.position.rawValue)
            writer.write(membership.strand.rawValue)
            writer.write(membership.isEnrolment)
        }
    }

    public init(from reader: inout ByteReader) throws {
        for _ in 0..<(try reader.readCount()) { accounts.append(try reader.readAccount()) }
        for _ in 0..<(try reader.readCount()) { lots.append(try reader.readLot()) }
        for _ in 0..<(try reader.readCount()) {
            pending.append(PendingLot(ready: try reader.readTimestamp(), lot: try reader.readLot()))
        }
        for _ in 0..<(try reader.readCount()) {
            debts.append(
                Debt(
                    position: try reader.readPosition(), points: try reader.readInt64(),
                    strand: try reader.readStrand(), cause: try reader.readPosition(), use: try reader.readUse()))
        }
        for _ in 0..<(try reader.readCount()) { orders.append(try reader.readOrder()) }
        orderIndex.rebuild(for: orders)
        for _ in 0..<(try reader.readCount()) { refunds.append(try reader.readRefund()) }
        for _ in 0..<(try reader.readCount()) {
            applied.append(AppliedRefund(record: try reader.readPosition(), refund: try reader.readRefund()))
        }
        for _ in 0..<(try reader.readCount()) {
            takings.append(
                Taking(
                    cause: try reader.readPosition(), use: try reader.readUse(), strand: try reader.readStrand(),
                    lot: try reader.readLot()))
        }
        for _ in 0..<(try reader.readCount()) {
            memberships.append(
                Membership(
                    position: try reader.readPosition(), strand: try reader.readStrand(),
                    isEnrolment: try reader.readBool()))
        }
        guard isOrdered else { throw StateError("the entries of a ledger are out of order") }
    }

    /// Whether each list is in its order and no entry is empty: what every step leaves behind.
    var isOrdered: Bool {
        accounts.ascends { $0.strand < $1.strand } && lots.ascends { $0.isSpentBefore($1) }
            && pending.ascends { $0.isReadyBefore($1) } && debts.ascends { $0.isBefore($1) }
            && orders.ascends { $0.position < $1.position } && refunds.ascends { $0.position < $1.position }
            && applied.ascends { $0.isBefore($1) } && takings.ascends { $0.isBefore($1) }
            && memberships.ascends { $0.position < $1.position }
            && lots.allSatisfy { $0.points > 0 } && pending.allSatisfy { $0.lot.points > 0 }
            && debts.allSatisfy { $0.points > 0 } && takings.allSatisfy { $0.lot.points > 0 }
    }
}

extension Array {
    fileprivate func ascends(_ isBefore: (Element, Element) -> Bool) -> Bool {
        zip(self, dropFirst()).allSatisfy(isBefore)
    }
}

extension ByteWriter {
    fileprivate mutating func write(_ lot: Lot) {
        write(lot.expires)
        write(lot.position.rawValue)
        write(lot.points)
        write(lot.strand.rawValue)
    }

    fileprivate mutating func write(_ refund: WaitingRefund) {
        write(refund.position.rawValue)
        writeFixed(refund.order)
        write(refund.strand.rawValue)
        write(refund.amount)
        write(refund.currency.packed)
        write(refund.isOfRest)
    }

    fileprivate mutating func write(_ order: OrderRecord) {
        write(order.position.rawValue)
        write(order.isOrder)
        writeFixed(order.order)
        write(order.strand.rawValue)
        write(Int64(order.day.rawValue))
        write(order.points)
        write(order.amount)
        write(order.currency.packed)
        write(order.ready)
        write(order.expires)
        write(order.refunded)
        write(order.reversed)
        write(order.takenFromLot)
        write(order.takenFromExpired)
        write(order.expired)
        write(order.isVoid)
    }
}

extension ByteReader {
    fileprivate mutating func readPosition() throws(StateError) -> Position { Position(try readUInt64()) }
    fileprivate mutating func readStrand() throws(StateError) -> StrandNumber {
        StrandNumber(rawValue: try readUInt32())
    }

    fileprivate mutating func readAccount() throws(StateError) -> Account {
        var account = Account(strand: try readStrand())
        account.earned = try readInt64()
        account.redeemed = try readInt64()
        account.expired = try readInt64()
        account.reversed = try readInt64()
        account.adjusted = try readInt64()
        account.moved = try readInt64()
        return account
    }

    fileprivate mutating func readLot() throws(StateError) -> Lot {
        Lot(
            expires: try readTimestamp(), position: try readPosition(), points: try readInt64(),
            strand: try readStrand())
    }

    fileprivate mutating func readUse() throws(StateError) -> Use {
        guard let use = Use(rawValue: UInt8(truncatingIfNeeded: try readUInt16())) else {
            throw StateError("points were taken for something unknown")
        }
        return use
    }

    fileprivate mutating func readRefund() throws(StateError) -> WaitingRefund {
        WaitingRefund(
            position: try readPosition(), order: try readFixed(), strand: try readStrand(), amount: try readInt64(),
            currency: Currency(packed: try readUInt32()), isOfRest: try readBool())
    }

    fileprivate mutating func readOrder() throws(StateError) -> OrderRecord {
        let position = try readPosition()
        let isOrder = try readBool()
        let (order, strand) = (try readFixed(), try readStrand())
        guard let day = Int32(exactly: try readInt64()) else { throw StateError("a day exceeds 32 bits") }
        var record = OrderRecord(
            position: position, isOrder: isOrder, order: order, strand: strand, day: CivilDay(rawValue: day),
            points: try readInt64(), amount: try readInt64(), currency: Currency(packed: try readUInt32()),
            ready: try readTimestamp(), expires: try readTimestamp())
        record.refunded = try readInt64()
        record.reversed = try readInt64()
        record.takenFromLot = try readInt64()
        record.takenFromExpired = try readInt64()
        record.expired = try readInt64()
        record.isVoid = try readBool()
        return record
    }
}
