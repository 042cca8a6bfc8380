public import Ingest
public import Policies
public import Touchpoints

/// How the bytes of an import are to be read.
public enum ImportFormat: Sendable {
    /// CloudEvents 1.0: one, an array, or one a line.
    case cloudEvents
    /// CSV by a mapping.
    case csv(CSVMapping, ZoneTable)
    /// Messages of Segment's tracking API: an array, or one a line.
    case segment(SegmentPolicy)
    /// A web server's log in the combined format.
    case accessLog(AccessLogPolicy)
}

/// A reader of any format.
struct ImportReader: ~Copyable {
    // One of them; not an enum, whose payload would be copied to be changed.
    private var events: EventReader?
    private var rows: CSVEventReader?
    private var messages: SegmentEventReader?
    private var lines: AccessLogReader?

    init(_ format: ImportFormat, decoder: consuming EventDecoder) {
        switch format {
        case .cloudEvents: events = EventReader(decoder: decoder)
        case .csv(let mapping, let zone): rows = CSVEventReader(mapping: mapping, zone: zone, decoder: decoder)
        case .segment(let policy): messages = SegmentEventReader(decoder: decoder, policy: policy)
        case .accessLog(let policy): lines = AccessLogReader(decoder: decoder, policy: policy)
        }
    }

    mutating func push(_ chunk: [UInt8], into batch: inout DraftBatch, rejected: inout [RejectedEvent]) throws {
        events?.push(chunk, into: &batch, rejected: &rejected)
        try rows?.push(chunk, into: &batch, rejected: &rejected)
        messages?.push(chunk, into: &batch, rejected: &rejected)
        lines?.push(chunk, into: &batch, rejected: &rejected)
    }

    mutating func finish(into batch: inout DraftBatch, rejected: inout [RejectedEvent]) throws {
        events?.finish(into: &batch, rejected: &rejected)
        try rows?.finish(into: &batch, rejected: &rejected)
        messages?.finish(into: &batch, rejected: &rejected)
        lines?.finish(into: &batch, rejected: &rejected)
    }
}
