import Ingest
import Touchpoints

/// How the bytes of an import are to be read.
public enum ImportFormat: Sendable {
    /// CloudEvents 1.0: one, an array, or one a line.
    case cloudEvents
    /// CSV by a mapping.
    case csv(CSVMapping, ZoneTable)
}

/// A reader of either format.
struct ImportReader: ~Copyable {
    // One of the two; not an enum, whose payload would be copied to be changed.
    private var events: EventReader?
    private var rows: CSVEventReader?

    init(_ format: ImportFormat, decoder: consuming EventDecoder) {
        switch format {
        case .cloudEvents: events = EventReader(decoder: decoder)
        case .csv(let mapping, let zone): rows = CSVEventReader(mapping: mapping, zone: zone, decoder: decoder)
        }
    }

    mutating func push(_ chunk: [UInt8], into batch: inout DraftBatch, rejected: inout [RejectedEvent]) throws {
        events?.push(chunk, into: &batch, rejected: &rejected)
        try rows?.push(chunk, into: &batch, rejected: &rejected)
    }

    mutating func finish(into batch: inout DraftBatch, rejected: inout [RejectedEvent]) throws {
        events?.finish(into: &batch, rejected: &rejected)
        try rows?.finish(into: &batch, rejected: &rejected)
    }
}
