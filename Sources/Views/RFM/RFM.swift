public import Policies
public import Projections
public import Touchpoints

/// Recency, frequency, monetary value: who bought last, how often and for how much, scored and named.
///
/// What counts as an order, and when it is kept, is said at ``Orders``. For each customer and currency, from the kept
/// orders in that currency: `recency_days` (the date of the reference less the date of the last order), `frequency`
/// (orders), `purchase_days` (different days with an order) and `monetary` (their sum, refunds taken off). The
/// reference is the time of the question: `--as-of`, else the clock. Customers without a kept order have no row.
/// The scores are worked out on query, over all customers of a currency: ``ScoreMethod``.
public struct RFM: Projector {
    public static let name = "rfm"
    public static let version = 1
    public static let forgets = false

    /// A customer's orders.
    public struct State: ViewState {
        var orders = Orders()

        public init() {}
    }

    let zone: ZoneTable

    public init(_ active: ActivePolicy) { zone = active.zone }

    public static func reads(_ policy: Policy) -> String { policy.canonical(of: [.timeZone, .rfm]) }

    public func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        guard Orders.concerns(event.type) else { return }
        if try state.orders.take(event, on: zone.day(of: event.time)) {
            sink.because(Orders.rule(for: event.type))
        }
    }

    public func standing(_ state: State, _ sink: inout Sink) {
        for tally in state.orders.tallies {
            let currency = UInt64(tally.currency.packed)
            sink.add(to: Cell(Table.customers, currency))
            sink.add(tally.orders, to: Cell(Table.orders, currency))
            sink.add(tally.amount, to: Cell(Table.amount, currency))
        }
    }

    /// Totals by currency.
    enum Table {
        static let customers: UInt8 = 1
        static let orders: UInt8 = 2
        static let amount: UInt8 = 3
    }
}

extension RFM.State {
    public func encode(into writer: inout ByteWriter) { orders.encode(into: &writer) }
    public init(from reader: inout ByteReader) throws { orders = try Orders(from: &reader) }
}
