/// Values that may go over several lines.
extension EventFraming {
    /// Skips a byte order mark and white space.
    mutating func start(_ rest: inout ArraySlice<UInt8>) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        while let byte = rest.first {
            if markBytes < 3 && byte == mark[markBytes] {
                markBytes += 1
            } else if byte == UInt8(ascii: "\n") {
                line += 1
            } else if !Self.isSpace(byte) {
                break
            }
            rest.removeFirst()
        }
        guard let byte = rest.first else { return }
        heldLine = line
        switch byte {
        case UInt8(ascii: "["):
            rest.removeFirst()
            ordinal = isAtBeginning ? 1 : nil
            isBehindComma = false
            mode = .array(ValueScan())
        case UInt8(ascii: "{"):
            ordinal = nil
            mode = .object(ValueScan())
        default: mode = .lines
        }
        isAtBeginning = false
    }

    /// Holds an object up to the end of the line on which it closes.
    mutating func readObject(_ rest: inout ArraySlice<UInt8>, _ scan: ValueScan, _ take: (Frame) -> Void) {
        var scan = scan
        var next = rest.startIndex
        while let (at, step) = scan.step(in: rest, at: &next) {
            if step == .fault {
                hold(rest[..<at])
                rest = rest[at...]
                return fallBack(take)
            }
            guard rest[at] == UInt8(ascii: "\n") else { continue }
            line += 1
            guard scan.depth == 0 else { continue }
            hold(rest[..<at])
            rest = rest[(at + 1)...]
            mode = line == heldLine + 1 ? .lines : .start
            emit(held[...], take)
            return drop()
        }
        hold(rest)
        rest = []
        mode = .object(scan)
    }

    mutating func readArray(_ rest: inout ArraySlice<UInt8>, _ scan: ValueScan, _ take: (Frame) -> Void) {
        var scan = scan
        var next = rest.startIndex
        while let (at, step) = scan.step(in: rest, at: &next) {
            if step == .inside {
                if rest[at] == UInt8(ascii: "\n") { line += 1 }
                continue
            }
            hold(rest[..<at])
            guard case .end(let isLast) = step else {
                rest = rest[at...]
                fallBack(take)
                return endUnclosedArray(take)
            }
            rest = rest[(at + 1)...]
            if !isLast || isBehindComma || !Self.isBlank(held[...]) { emit(held[...], take) }
            drop()
            isBehindComma = !isLast
            mode = isLast ? .behindArray : .array(ValueScan())
            return
        }
        hold(rest)
        rest = []
        mode = .array(scan)
    }

    /// What follows are lines. A fault lies at a line's end or at its first bracket: nothing is lost between.
    private mutating func fallBack(_ take: (Frame) -> Void) {
        handOnByLines(take)
        mode = .lines
    }

    mutating func endUnclosedArray(_ take: (Frame) -> Void) {
        emit([], fault: "the array of events is not closed", take)
    }

    /// Hands on what is held of a value that is not closed: lines that are objects by themselves, and what lies between.
    mutating func handOnByLines(_ take: (Frame) -> Void) {
        let bytes = held
        let isCut = isOverlong
        isOverlong = false
        var bad: Int?
        var (start, number) = (0, heldLine)
        func endBad(at end: Int, _ framing: inout EventFraming) {
            if let first = bad, !Self.isBlank(bytes[first..<end]) { framing.emit(bytes[first..<end], take) }
            bad = nil
        }
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let line = Self.trimmed(bytes[start..<end])
            let isLast = end == bytes.count
            if ValueScan.isObject(line), !(isLast && isCut) {
                endBad(at: start, &self)
                heldLine = number
                emit(line, take)
            } else if bad == nil {
                bad = start
                heldLine = number
            }
            start = end + 1
            number += 1
        }
        isOverlong = isCut
        endBad(at: bytes.count, &self)
        drop()
    }
}
