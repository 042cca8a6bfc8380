import Touchpoints

/// What a view keeps of one customer: the state now, and what is needed to go on from it or to go back behind it.
struct Slot<State: ViewState> {
    /// The state after the last event and the wake-ups that have fired since.
    var state = State()
    /// The last folded event in the view's order; `.start` before the first.
    var key = FoldKey.start
    /// The state right after the last event, where wake-ups have fired since; else nil.
    var base: State?
    /// The greatest due time of a wake-up fired since the last event; `.distantPast` without one.
    var lastDue = Timestamp.distantPast
    /// Events folded since the last snapshot.
    var sinceSnapshot: UInt32 = 0
    /// Snapshots taken so far, so that they can be thinned by age.
    var snapshotOrdinal: UInt32 = 0
    /// Events that the fold skipped because they fail; while it is not zero the customer is set aside.
    var poisoned: UInt32 = 0
    /// A wake-up failed: none fires until the next event.
    var isQuiet = false
    /// In this batch: its standing contribution is taken back, its events wait for the end of the batch. Not stored.
    var isTouched = false
    var isLate = false

    /// Whether the customer exists in the view: from its first folded event.
    var isPresent: Bool { key != .start || poisoned > 0 }
    var isSetAside: Bool { poisoned > 0 }
    /// The state right after the last event.
    var stateAtKey: State { base ?? state }
}

/// Bytes, in two parts: what the view says of the customer, the same however it came to be, and what it needs to go on.
extension Slot {
    func encodeView(into writer: inout ByteWriter) {
        writer.write(key.time)
        writer.write(key.position.rawValue)
        writer.write(poisoned)
        state.encode(into: &writer)
    }

    mutating func readView(_ reader: inout ByteReader) throws {
        key.time = try reader.readTimestamp()
        key.position = Position(try reader.readUInt64())
        poisoned = try reader.readUInt32()
        state = try State(from: &reader)
    }

    func encodeRest(into writer: inout ByteWriter) {
        writer.write(key.sequence)
        writer.write(sinceSnapshot)
        writer.write(snapshotOrdinal)
        writer.write(isQuiet)
        writer.write(base != nil)
        if let base {
            base.encode(into: &writer)
            writer.write(lastDue)
        }
    }

    mutating func readRest(_ reader: inout ByteReader) throws {
        key.sequence = try reader.readInt64()
        sinceSnapshot = try reader.readUInt32()
        snapshotOrdinal = try reader.readUInt32()
        isQuiet = try reader.readBool()
        if try reader.readBool() {
            base = try State(from: &reader)
            lastDue = try reader.readTimestamp()
        }
    }
}
