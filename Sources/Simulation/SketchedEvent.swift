public import EventLog
public import Projections
public import Touchpoints

/// An event drawn by hand for a test of a fold: only what the test is about is filled in.
///
/// ```swift
/// let end = try sketch([
///     SketchedEvent(.orderPaid, at: "2024-03-01T10:00:00Z", order: 7, total: "12.50 EUR"),
///     SketchedEvent(.orderRefunded, at: "2024-03-02T10:00:00Z", order: 7, total: "12.50 EUR"),
/// ], of: RFM.self, clock: "2024-04-01T00:00:00Z")
/// ```
public struct SketchedEvent: Sendable {
    public var type: EventType
    public var occurred: Timestamp
    /// nil: recorded as it occurred.
    public var recorded: Timestamp?
    public var sequence: Int64 = 0
    public var session: UInt64 = 0
    public var order: UInt64 = 0
    public var money: Money?
    public var points: Int64?
    public var channel = ChannelNumber.none
    /// Whose it is where no alias is given: in a log, the member of this number.
    public var strand = StrandNumber(rawValue: 1)
    /// The subject, for a log; nil: the member of the number in `strand`.
    public var alias: Alias?
    /// What `customer.*` names in its data, for a log.
    public var others: [Alias] = []
    /// What `event.voided` takes out, for a log.
    public var voids: Position?
    /// The clear part, as `ClearPart` encodes it.
    public var clear: [UInt8] = []

    public init(type: EventType, occurred: Timestamp) {
        self.type = type
        self.occurred = occurred
    }

    var flags: EventHeader.Flags {
        var flags: EventHeader.Flags = []
        if money != nil { flags.insert(.hasMoney) }
        if points != nil { flags.insert(.hasPoints) }
        if type.role == .folded { flags.insert(.notTouchpoint) }
        if type.role == .recordOnly { flags.insert(.recordOnly) }
        return flags
    }

    /// The stored header of the event.
    var header: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: EventHeader.byteCount)
        func store(_ value: some FixedWidthInteger, at offset: Int) {
            withUnsafeBytes(of: value.littleEndian) { bytes.replaceSubrange(offset..<offset + $0.count, with: $0) }
        }
        store(occurred.rawValue, at: EventHeader.Offset.occurred)
        store((recorded ?? occurred).rawValue, at: EventHeader.Offset.recorded)
        store(sequence, at: EventHeader.Offset.sequence)
        store(session, at: EventHeader.Offset.session)
        store(order, at: EventHeader.Offset.order)
        store(money?.minorUnits ?? points ?? 0, at: EventHeader.Offset.amount)
        store(money?.currency.packed ?? 0, at: EventHeader.Offset.currency)
        store(strand.rawValue, at: EventHeader.Offset.strand)
        store(type.rawValue, at: EventHeader.Offset.type)
        store(channel.rawValue, at: EventHeader.Offset.channel)
        store(flags.rawValue, at: EventHeader.Offset.flags)
        return bytes
    }
}

extension SketchedEvent {
    /// - Parameters:
    ///   - time: RFC 3339.
    ///   - total: an amount and a currency, `12.50 EUR`.
    public init(
        _ type: EventType, at time: String, recorded: String? = nil, sequence: Int64 = 0, session: UInt64 = 0,
        order: UInt64 = 0, total: String? = nil, points: Int64? = nil, clear: [UInt8] = []
    ) throws {
        self.init(type: type, occurred: try Timestamp(rfc3339: time))
        self.recorded = try recorded.map { try Timestamp(rfc3339: $0) }
        self.sequence = sequence
        self.session = session
        self.order = order
        self.points = points
        self.clear = clear
        if let words = total?.split(separator: " "), words.count == 2, let currency = Currency(code: words[1]) {
            money = try Money(decimal: String(words[0]).utf8Span.span, currency: currency)
        }
    }
}

/// Folds sketched events of one customer the slow way, each at the position of its place in the list.
public func sketch<P: Projector>(
    _ events: [SketchedEvent], of: P.Type, under active: ActivePolicy = .default, clock: String
) throws -> CanonicalFold<P>.Outcome {
    let keys = events.enumerated().map { index, event in
        let recorded = event.recorded ?? event.occurred
        let position = Position(UInt64(index + 1))
        return P.order == .occurred
            ? FoldKey(time: min(event.occurred, recorded), sequence: event.sequence, position: position)
            : FoldKey(time: recorded, sequence: 0, position: position)
    }
    let fold = CanonicalFold<P>(policies: [active], customer: CustomerNumber(rawValue: 1))
    return try fold.fold(keys.sorted(), clock: try Timestamp(rfc3339: clock)) { position, body in
        let event = events[Int(position.rawValue) - 1]
        let header = event.header
        try body(EventView(position: position, header: header.span.bytes, clear: event.clear.span.bytes))
    }
}

extension ActivePolicy {
    /// The default policy in UTC.
    public static let `default` = ActivePolicy(policy: .default, zone: .utc, position: Position(1))
}
