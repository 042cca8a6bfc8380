import Digests
import Touchpoints

/// Reads CSV files of one import as events, by a mapping, chunk by chunk.
///
/// Rows become CloudEvents and are decoded as such. Where the mapping has no rule for `id`, the id is the SHA-256 of the
/// row's fields (the first 32 hexadecimal digits) and, behind a hyphen, the row's ordinal among equal rows of its source
/// since this reader began: equal rows stay apart, also those of different files, and the same files read again in the
/// same order give the same ids. That costs about 40 bytes of memory a row; nothing else grows with the files.
public struct CSVEventReader: ~Copyable {
    private var scanner: CSVScanner
    private var rows: Rows

    /// - Parameter zone: the table of the mapping's ``CSVMapping/timeZone``, or of the policy's where it has none.
    public init(mapping: CSVMapping, zone: ZoneTable, decoder: consuming EventDecoder) {
        scanner = CSVScanner(separator: mapping.separator)
        rows = Rows(mapping: mapping, zone: zone, decoder: decoder)
    }

    /// Takes the next bytes; appends what became of the rows that they complete.
    ///
    /// - Throws: when the header lacks a column that the mapping names. Nothing can be read then.
    public mutating func push(
        _ chunk: [UInt8], into batch: inout DraftBatch, rejected: inout [RejectedEvent]
    ) throws(MappingError) {
        try scanner.push(chunk) { record throws(MappingError) in
            try rows.take(record, &batch, &rejected)
        }
    }

    /// Ends a file. What is pushed next is another file of the same import, with a header of its own if there is one:
    /// the ordinals of equal rows go on.
    public mutating func finish(
        into batch: inout DraftBatch, rejected: inout [RejectedEvent]
    ) throws(MappingError) {
        try scanner.finish { record throws(MappingError) in
            try rows.take(record, &batch, &rejected)
        }
        scanner = CSVScanner(separator: scanner.separator)
        rows.plan = nil
    }

    /// What is known behind the header, and what makes rows events.
    private struct Rows: ~Copyable {
        let mapping: CSVMapping
        let zone: ZoneTable
        var decoder: EventDecoder
        var plan: CSVPlan?
        var tape = JSONTape()
        var json: [UInt8] = []
        /// How often a row of a source was seen.
        var ordinals: [Hash128: UInt32] = [:]

        mutating func take(
            _ record: CSVRecord, _ batch: inout DraftBatch, _ rejected: inout [RejectedEvent]
        ) throws(MappingError) {
            guard let plan else {
                let header = (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }
                self.plan = try CSVPlan(mapping, columns: mapping.columns ?? header)
                if !mapping.hasHeader { try take(record, &batch, &rejected) }
                return
            }
            tape.clear()
            do throws(Refusal) {
                try plan.check(record)
                try decode(record, plan, &batch)
            } catch {
                let id = tape.isEmpty ? nil : tape.member("id", of: tape.root).flatMap { tape.text(of: $0) }
                rejected.append(RejectedEvent(line: record.line, id: id, refusal: error, raw: record.raw))
            }
        }

        private mutating func decode(
            _ record: CSVRecord, _ plan: CSVPlan, _ batch: inout DraftBatch
        ) throws(Refusal) {
            json.removeAll(keepingCapacity: true)
            let id = plan.hasID ? nil : self.id(of: record, source: plan.source(of: record))
            try plan.write(record, id: id, zone: zone, to: &json)
            do {
                try tape.scan(json)
            } catch {
                throw plan.refusalOfBytes(record)
            }
            try decoder.decode(tape.root, of: tape, line: record.line, into: &batch)
        }

        private mutating func id(of record: CSVRecord, source: [UInt8]) -> [UInt8] {
            var row = ByteBuffer()
            for field in 0..<record.count {
                row.append(littleEndian: UInt32(truncatingIfNeeded: record[field].count))
                row.append(record[field])
            }
            let digest = SHA256.digest(of: row.span.bytes).description.utf8.prefix(32)
            let ordinal = ordinals[decoder.context.keys.identity(source: source, id: digest), default: 0] + 1
            ordinals[decoder.context.keys.identity(source: source, id: digest)] = ordinal
            return Array(digest) + Array("-\(ordinal)".utf8)
        }
    }
}
