/// Cuts a stream of bytes into events, without reading them.
///
/// A stream begins with values that may go over several lines: arrays, whose elements are handed on as they end, and
/// objects. The first line that is an object by itself, or where a value cannot go on (``ValueScan``), makes the rest
/// of the stream lines: each is an event or an array of events by itself.
///
/// Of a value that is not closed, what is held (at most one event's bytes) is handed on by lines: those that are
/// objects by themselves as events, the others to be refused. So a bad line costs itself, also the first one.
struct EventFraming {
    /// One event's bytes, or a fault of the stream.
    struct Frame {
        var line: UInt64
        var bytes: ArraySlice<UInt8>
        /// Why these bytes are no event, whatever is in them.
        var fault: String?
    }

    enum Mode {
        /// Between values that may go over several lines.
        case start
        case object(ValueScan)
        case array(ValueScan)
        /// Behind an array's bracket, up to the end of its line.
        case behindArray
        case lines
    }

    var mode = Mode.start
    /// What came of the object, the element or the line so far, up to the limit.
    var held: [UInt8] = []
    var isOverlong = false
    var line: UInt64 = 1
    /// The line on which the held bytes begin.
    var heldLine: UInt64 = 1
    /// The ordinal of the next element of an array that begins the stream; its elements have that for their line.
    var ordinal: UInt64?
    var isAtBeginning = true
    /// Whether the array has had a comma.
    var isBehindComma = false
    /// Bytes of the byte order mark that were seen.
    var markBytes = 0

    mutating func push(_ chunk: [UInt8], _ take: (Frame) -> Void) {
        var rest = chunk[...]
        while !rest.isEmpty {
            switch mode {
            case .start: start(&rest)
            case .object(let scan): readObject(&rest, scan, take)
            case .array(let scan): readArray(&rest, scan, take)
            case .behindArray, .lines: readLine(&rest, take)
            }
        }
    }

    mutating func finish(_ take: (Frame) -> Void) {
        switch mode {
        case .start: break
        case .object(let scan): if scan.depth > 0 { handOnByLines(take) } else { emit(held[...], take) }
        case .array:
            handOnByLines(take)
            endUnclosedArray(take)
        case .behindArray, .lines: endLine(take)
        }
        self = EventFraming()
    }
}

/// Lines.
extension EventFraming {
    private mutating func readLine(_ rest: inout ArraySlice<UInt8>, _ take: (Frame) -> Void) {
        guard let end = rest.firstLineFeed() else {
            hold(rest)
            rest = []
            return
        }
        heldLine = line
        if held.isEmpty, case .lines = mode {
            takeLine(rest[..<end], take)  // Most lines lie whole in their chunk and are not copied.
        } else {
            hold(rest[..<end])
            endLine(take)
        }
        rest = rest[(end + 1)...]
        line += 1
        if case .behindArray = mode { mode = .start }
    }

    private mutating func endLine(_ take: (Frame) -> Void) {
        heldLine = line
        if case .lines = mode {
            takeLine(held[...], take)
        } else if !Self.isBlank(held[...]) {
            emit(held[...], fault: "something stands behind the array of events", take)
        }
        drop()
    }

    /// Hands on a line: the elements of an array of objects, else the whole, whatever it is.
    private mutating func takeLine(_ line: ArraySlice<UInt8>, _ take: (Frame) -> Void) {
        if Self.isBlank(line) { return }
        ordinal = nil
        let open = line.firstIndex { !Self.isSpace($0) }
        guard let open, line[open] == UInt8(ascii: "["), !isOverlong,
            line[(open + 1)...].first(where: { !Self.isSpace($0) }) == UInt8(ascii: "{")
        else { return emit(line, take) }
        var start = open + 1
        var scan = ValueScan()
        var next = start
        while let (at, step) = scan.step(in: line, at: &next) {
            guard case .end(let isLast) = step else { continue }
            emit(line[start..<at], take)
            start = at + 1
            scan = ValueScan()
            guard isLast else { continue }
            if !Self.isBlank(line[start...]) {
                emit(line[start...], fault: "something stands behind the array of events", take)
            }
            return
        }
        emit(line[start...], fault: "the array of events is not closed", take)
    }
}

/// Small steps.
extension EventFraming {
    /// Keeps bytes for later, up to the limit.
    mutating func hold(_ bytes: ArraySlice<UInt8>) {
        let room = EventReader.maximalEventBytes - held.count
        if bytes.count > room { isOverlong = true }
        held.append(contentsOf: bytes.prefix(room))
    }

    /// Forgets what was held.
    mutating func drop() {
        held.removeAll(keepingCapacity: true)
        isOverlong = false
        heldLine = line
    }

    mutating func emit(_ bytes: ArraySlice<UInt8>, fault: String? = nil, _ take: (Frame) -> Void) {
        let limit = EventReader.maximalEventBytes
        let event = Self.trimmed(bytes)
        let blankLines = bytes[..<event.startIndex].count { $0 == UInt8(ascii: "\n") }
        let isOverlong = isOverlong || event.count > limit
        take(
            Frame(
                line: ordinal ?? heldLine + UInt64(blankLines), bytes: event.prefix(limit),
                fault: isOverlong ? "the event is longer than \(limit) bytes" : fault))
        if let last = ordinal { ordinal = last + 1 }
    }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = bytes.firstIndex(where: { !isSpace($0) }) else { return bytes.suffix(0) }
        var end = bytes.endIndex
        while isSpace(bytes[end - 1]) { end -= 1 }
        return bytes[first..<end]
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
    static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy(isSpace) }
}
