/// Cuts a stream of bytes into events, without reading them: by lines, by the elements of an array, or as one whole.
struct EventFraming {
    /// One event's bytes, or a fault of the stream.
    struct Frame {
        var line: UInt64
        var bytes: ArraySlice<UInt8>
        /// Why these bytes are no event, whatever is in them.
        var fault: String?
    }

    private enum Mode {
        /// Nothing but white space so far.
        case start
        case lines
        /// The first line is no whole value: the next one tells whether the value goes on.
        case firstLineHeld
        case document
        case array(ArrayScan)
        case behindArray
        /// Behind a fault from which there is no way on.
        case ended
    }

    private var mode = Mode.start
    private var held: [UInt8] = []
    private var isOverlong = false
    private var line: UInt64 = 1
    private var isFirstLine = true
    /// Bytes of the byte order mark that were seen.
    private var markBytes = 0

    mutating func push(_ chunk: [UInt8], _ take: (Frame) -> Void) {
        var rest = chunk[...]
        while !rest.isEmpty {
            switch mode {
            case .start: start(&rest)
            case .lines: readLine(&rest, take)
            case .firstLineHeld: decide(&rest, take)
            case .document:
                hold(rest)
                rest = []
            case .array(let scan): readArray(&rest, scan, take)
            case .behindArray: behindArray(&rest, take)
            case .ended: rest = []
            }
        }
    }

    mutating func finish(_ take: (Frame) -> Void) {
        switch mode {
        case .start, .behindArray, .ended: break
        case .lines, .firstLineHeld, .document: endLine([], take)
        case .array:
            if !Self.isBlank(held[...]) {
                emit(held[...], take)
                line += 1
            }
            take(Frame(line: line, bytes: [], fault: "the array of events is not closed"))
        }
        self = EventFraming()
    }
}

/// Lines and documents.
extension EventFraming {
    /// Skips a byte order mark and white space.
    private mutating func start(_ rest: inout ArraySlice<UInt8>) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        while let byte = rest.first {
            if markBytes < 3 && byte == mark[markBytes] {
                markBytes += 1
            } else if Self.isSpace(byte) {
                if byte == UInt8(ascii: "\n") { line += 1 }
            } else {
                break
            }
            rest.removeFirst()
        }
        guard let byte = rest.first else { return }
        if byte == UInt8(ascii: "[") {
            rest.removeFirst()
            line = 1
            mode = .array(ArrayScan())
        } else {
            mode = .lines
        }
    }

    private mutating func readLine(_ rest: inout ArraySlice<UInt8>, _ take: (Frame) -> Void) {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
            hold(rest)
            rest = []
            return
        }
        let piece = rest[..<end]
        rest = rest[(end + 1)...]
        if isFirstLine, !isOverlong, Self.mayGoOn(held.isEmpty ? piece : held[...] + piece) {
            hold(piece)
            hold([UInt8(ascii: "\n")])
            mode = .firstLineHeld
            return
        }
        endLine(piece, take)
        line += 1
    }

    /// Whether the first line may be the beginning of one event that is written over many lines.
    private static func mayGoOn(_ line: ArraySlice<UInt8>) -> Bool {
        var scan = ArrayScan()
        for byte in line { _ = scan.step(byte) }
        return scan.depth > 0 && !scan.isInString
    }

    /// An event over many lines goes on with a name or a closing bracket; a line of NDJSON cannot begin so.
    private mutating func decide(_ rest: inout ArraySlice<UInt8>, _ take: (Frame) -> Void) {
        guard let next = rest.firstIndex(where: { !Self.isSpace($0) }) else {
            hold(rest)
            rest = []
            return
        }
        if rest[next] == UInt8(ascii: "\"") || rest[next] == UInt8(ascii: "}") {
            mode = .document
            return
        }
        let blankLines = held.count(where: { $0 == UInt8(ascii: "\n") }) + rest[..<next].count(where: { $0 == 10 })
        endLine([], take)
        line += UInt64(blankLines)
        rest = rest[next...]
        mode = .lines
    }

    private mutating func endLine(_ piece: ArraySlice<UInt8>, _ take: (Frame) -> Void) {
        if held.isEmpty {
            if !Self.isBlank(piece) { emit(piece, take) }
        } else {
            hold(piece)
            if !Self.isBlank(held[...]) { emit(held[...], take) }
        }
        held.removeAll(keepingCapacity: true)
        isOverlong = false
        isFirstLine = false
    }
}

/// Arrays.
extension EventFraming {
    private mutating func readArray(
        _ rest: inout ArraySlice<UInt8>, _ scan: ArrayScan, _ take: (Frame) -> Void
    ) {
        var scan = scan
        var end = rest.startIndex
        while end < rest.endIndex, !scan.step(rest[end]) { end += 1 }
        hold(rest[..<end])
        guard end < rest.endIndex else {
            mode = .array(scan)
            rest = []
            return
        }
        let isLast = rest[end] == UInt8(ascii: "]")
        rest = rest[(end + 1)...]
        let isEmptyArray = isLast && line == 1 && Self.isBlank(held[...])
        if !isEmptyArray { emit(held[...], take) }
        held.removeAll(keepingCapacity: true)
        isOverlong = false
        line += 1
        mode = isLast ? .behindArray : .array(ArrayScan())
    }

    private mutating func behindArray(_ rest: inout ArraySlice<UInt8>, _ take: (Frame) -> Void) {
        if !Self.isBlank(rest) {
            mode = .ended
            take(Frame(line: line, bytes: rest, fault: "something stands behind the array of events"))
        }
        rest = []
    }

    /// Where an element ends: the state between one byte and the next.
    struct ArrayScan {
        private(set) var depth = 0
        private(set) var isInString = false
        private var isEscaped = false

        /// Whether the byte is a comma or closing bracket of the array itself.
        mutating func step(_ byte: UInt8) -> Bool {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                return false
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return byte == UInt8(ascii: "]") }
                depth -= 1
            case UInt8(ascii: ","): return depth == 0
            default: break
            }
            return false
        }
    }
}

/// Small steps.
extension EventFraming {
    /// Keeps bytes for later, up to the limit.
    private mutating func hold(_ bytes: ArraySlice<UInt8>) {
        let room = EventReader.maximalEventBytes - held.count
        if bytes.count > room { isOverlong = true }
        held.append(contentsOf: bytes.prefix(room))
    }

    private func emit(_ bytes: ArraySlice<UInt8>, _ take: (Frame) -> Void) {
        var bytes = bytes.drop(while: Self.isSpace)
        while let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
        let limit = EventReader.maximalEventBytes
        if isOverlong || bytes.count > limit {
            take(Frame(line: line, bytes: bytes.prefix(limit), fault: "the event is longer than \(limit) bytes"))
        } else {
            take(Frame(line: line, bytes: bytes))
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
    private static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy(isSpace) }
}
