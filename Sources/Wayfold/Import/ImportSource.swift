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
enum ImportReader {
    case cloudEvents(EventReader)
    case csv(CSVEventReader)

    init(_ format: ImportFormat, decoder: EventDecoder) {
        switch format {
        case .cloudEvents: self = .cloudEvents(EventReader(decoder: decoder))
        case .csv(let mapping, let zone):
            self = .csv(CSVEventReader(mapping: mapping, zone: zone, decoder: decoder))
        }
    }

    mutating func push(_ chunk: [UInt8], into batch: inout DraftBatch, rejected: inout [RejectedEvent]) throws {
        switch self {
        case .cloudEvents(var reader):
            reader.push(chunk, into: &batch, rejected: &rejected)
            self = .cloudEvents(reader)
        case .csv(var reader):
            try reader.push(chunk, into: &batch, rejected: &rejected)
            self = .csv(reader)
        }
    }

    mutating func finish(into batch: inout DraftBatch, rejected: inout [RejectedEvent]) throws {
        switch self {
        case .cloudEvents(var reader):
            reader.finish(into: &batch, rejected: &rejected)
            self = .cloudEvents(reader)
        case .csv(var reader):
            try reader.finish(into: &batch, rejected: &rejected)
            self = .csv(reader)
        }
    }
}
