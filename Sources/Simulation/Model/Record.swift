import EventLog
import Touchpoints

/// One record of a log as plain values, for models that know nothing of how a log is kept.
struct Record {
    let position: Position
    let occurred: Timestamp
    let recorded: Timestamp
    let sequence: Int64
    let type: EventType
    let strand: UInt32
    var isFolded: Bool
    let decision: IdentityDecision
    let otherStrand: UInt32
    let formerStrand: UInt32
    let leavingStrands: [UInt32]
    var voided: Position?
    private let header: [UInt8]
    private let clear: [UInt8]

    init(_ event: borrowing EventView) {
        position = event.position
        occurred = event.occurred
        recorded = event.recorded
        sequence = event.sequence
        type = event.type
        strand = event.strand.rawValue
        isFolded = event.isFolded
        decision = event.decision
        otherStrand = event.otherStrand.rawValue
        formerStrand = event.formerStrand.rawValue
        leavingStrands = event.leavingStrands.map(\.rawValue)
        voided = event.voidedPosition
        header = event.headerBytes.withUnsafeBytes { Array($0) }
        clear = event.clearBytes.withUnsafeBytes { Array($0) }
    }

    /// Rule 1.
    var time: Timestamp { occurred < recorded ? occurred : recorded }

    /// The record as a fold sees it.
    func see<R>(_ body: (borrowing EventView) throws -> R) rethrows -> R {
        let header = header
        let clear = clear
        return try body(EventView(position: position, header: header.span.bytes, clear: clear.span.bytes))
    }

    /// Rule 2.
    static func isBefore(_ a: Record, _ b: Record) -> Bool {
        if a.time != b.time { return a.time < b.time }
        if a.sequence != b.sequence { return a.sequence < b.sequence }
        return a.position.rawValue < b.position.rawValue
    }
}

extension LogReader {
    /// The records behind those that are there already. O(new records).
    func append(to records: inout [Record]) throws {
        guard records.count < Int(head.rawValue) else { return }
        try forEachBlock(Position(UInt64(records.count) + 1)...head) { block in
            for index in 0..<block.count {
                let event = block.event(index)
                guard event.position.rawValue == UInt64(records.count) + 1 else { continue }
                records.append(Record(event))
            }
        }
    }
}
