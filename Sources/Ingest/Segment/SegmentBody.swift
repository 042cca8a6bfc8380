import Touchpoints

/// The body of a batch, cut into its messages without reading them, so that one that is no JSON stops no other.
struct SegmentBody {
    /// Where the messages stand in the body.
    private(set) var messages: [Range<Int>] = []
    /// What stands around them, scanned.
    private(set) var shell = JSONTape()

    private let body: [UInt8]
    private var shellBytes: [UInt8] = []
    /// Where in the shell the messages were.
    private var gap: Int?

    init(_ body: [UInt8], limits: SegmentLimits) throws(SegmentBodyError) {
        self.body = body
        cut()
        do {
            try shell.scan(shellBytes)
        } catch {
            // As it is counted in the body.
            let removed = body.count - shellBytes.count
            let offset = error.offset < gap ?? .max ? error.offset : error.offset + removed
            throw .notJSON(JSONError(offset: offset, reason: error.reason))
        }
        guard gap != nil else { throw .batchMissing }
        guard messages.count <= limits.messageCount else { throw .tooManyMessages(limit: limits.messageCount) }
    }

    private mutating func cut() {
        var depth = 0
        var at = 0
        while at < body.count {
            let start = at
            switch body[at] {
            case UInt8(ascii: "\""):
                at = endOfString(from: at)
                if depth == 1, gap == nil, body[start..<at].elementsEqual("\"batch\"".utf8),
                    let open = array(behind: at)
                {
                    shellBytes += body[start...open]
                    gap = shellBytes.count
                    depth += 1
                    at = cutMessages(from: open + 1)
                    continue
                }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                at += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                at += 1
            default: at += 1
            }
            shellBytes += body[start..<at]
        }
    }

    /// Behind the string that begins at `start`; the end of the body where it is not closed.
    private func endOfString(from start: Int) -> Int {
        var at = start + 1
        while at < body.count, body[at] != UInt8(ascii: "\"") { at += body[at] == UInt8(ascii: "\\") ? 2 : 1 }
        return min(at + 1, body.count)
    }

    /// The bracket of an array that is the value of the name before `start`.
    private func array(behind start: Int) -> Int? {
        guard let colon = body[start...].firstIndex(where: { !EventFraming.isSpace($0) }),
            body[colon] == UInt8(ascii: ":"),
            let open = body[(colon + 1)...].firstIndex(where: { !EventFraming.isSpace($0) }),
            body[open] == UInt8(ascii: "[")
        else { return nil }
        return open
    }

    /// Takes the messages from `start` on; gives the place of the bracket behind them, or of the body's end.
    private mutating func cutMessages(from start: Int) -> Int {
        var start = start
        var scan = ValueScan()
        var next = start
        while let (at, step) = scan.step(in: body[...], at: &next) {
            guard case .end(let isBracket) = step else { continue }
            let isEmpty = isBracket && messages.isEmpty && EventFraming.isBlank(body[start..<at])
            if !isEmpty { messages.append(start..<at) }
            if isBracket { return at }
            start = at + 1
            scan = ValueScan()
        }
        return body.count
    }
}
