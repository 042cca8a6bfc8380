/// Cuts a stream of bytes into the records of RFC 4180 (quotes, line breaks inside them, CRLF or LF, a byte order mark),
/// or into lines of words between white space.
struct CSVScanner {
    /// What stands between fields.
    enum Separator: Equatable, Sendable {
        case byte(UInt8)
        /// Any number of blanks and tabs, also before the first field; no quotes.
        case whitespace
    }

    private enum State {
        case start, plain, quoted
        /// Behind a quote inside a quoted field: its end, or the first half of a doubled quote.
        case quoteSeen
        /// In a record with a fault, up to the end of the line.
        case skipping
    }

    let separator: Separator
    private var state = State.start
    private var record = CSVRecord()
    private var line: UInt64 = 1
    private var offset = 0

    init(separator: Separator) { self.separator = separator }

    mutating func push(
        _ chunk: [UInt8], _ take: (CSVRecord) throws(MappingError) -> Void
    ) throws(MappingError) {
        for byte in chunk {
            offset += 1
            if offset <= 3 && byte == [0xEF, 0xBB, 0xBF][offset - 1] && record.raw.isEmpty { continue }
            if byte == UInt8(ascii: "\n") {
                line += 1
                if state != .quoted {
                    try endRecord(take)
                    continue
                }
            }
            if record.raw.count < EventReader.maximalEventBytes {
                record.raw.append(byte)
            } else {
                fail("the record is longer than \(EventReader.maximalEventBytes) bytes")
            }
            if separator == .whitespace { stepInWords(byte) } else { step(byte) }
        }
    }

    mutating func finish(_ take: (CSVRecord) throws(MappingError) -> Void) throws(MappingError) {
        if state == .quoted { fail("a quoted field is not closed") }
        try endRecord(take)
    }

    private mutating func endRecord(_ take: (CSVRecord) throws(MappingError) -> Void) throws(MappingError) {
        if record.raw.last == UInt8(ascii: "\r") { record.raw.removeLast() }
        let isBlank = record.raw.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        if !isBlank {
            if separator != .whitespace || !record.isFieldEmpty { record.endField() }
            try take(record)
        }
        record.clear()
        record.line = line
        state = .start
    }

    private mutating func step(_ byte: UInt8) {
        switch state {
        case .skipping: break
        case .quoted:
            if byte == UInt8(ascii: "\"") { state = .quoteSeen } else { record.append(byte) }
        case .quoteSeen where byte == UInt8(ascii: "\""):
            record.append(byte)
            state = .quoted
        case _ where separator == .byte(byte):
            record.endField()
            state = .start
        case .quoteSeen:
            // The carriage return of the line's end is all that may follow.
            if byte != UInt8(ascii: "\r") { fail("something stands behind a quoted field") }
        case .start where byte == UInt8(ascii: "\""): state = .quoted
        case .plain where byte == UInt8(ascii: "\""): fail("a quote inside a field that does not begin with one")
        case .start, .plain:
            if byte == UInt8(ascii: "\r") { break }
            record.append(byte)
            state = .plain
        }
    }

    private mutating func stepInWords(_ byte: UInt8) {
        switch byte {
        case 0x20, 0x09, 0x0D: if !record.isFieldEmpty { record.endField() }
        default: if state != .skipping { record.append(byte) }
        }
    }

    private mutating func fail(_ fault: String) {
        if record.fault == nil { record.fault = fault }
        state = .skipping
    }
}
