import Digests
public import Policies
public import Touchpoints

/// Reads the logs of web servers in the combined format as events, line by line, chunk by chunk.
///
/// A line's id is its SHA-256 (the first 32 hexadecimal digits) and, behind a hyphen, its ordinal among equal lines since
/// this reader began, so that equal requests of one second stay apart and the same files read again in the same order give
/// the same ids. That costs about 40 bytes of memory a line; nothing else grows with the files.
///
/// A subject is a cookie, or stands for address and agent, hashed under the folder's key: no address is kept.
public struct AccessLogReader: ~Copyable {
    private var lines = LineFraming()
    private var mapper: AccessLogMapper

    public init(decoder: consuming EventDecoder, policy: AccessLogPolicy) {
        mapper = AccessLogMapper(decoder: decoder, policy: policy)
    }

    /// Takes the next bytes; appends what became of the lines that they complete.
    public mutating func push(_ chunk: [UInt8], into batch: inout DraftBatch, rejected: inout [RejectedEvent]) {
        lines.push(chunk) { line in mapper.take(line, &batch, &rejected) }
    }

    /// Ends a file; what is pushed next is another one of the same import: the ordinals of equal lines go on.
    public mutating func finish(into batch: inout DraftBatch, rejected: inout [RejectedEvent]) {
        lines.finish { line in mapper.take(line, &batch, &rejected) }
    }
}

/// Cuts a stream of bytes into lines.
struct LineFraming {
    struct Line {
        var number: UInt64
        /// Without its end; of one that is too long the beginning.
        var bytes: ArraySlice<UInt8>
        var isTooLong = false
    }

    private var held: [UInt8] = []
    private var number: UInt64 = 1
    private var isTooLong = false

    mutating func push(_ chunk: [UInt8], _ take: (Line) -> Void) {
        var rest = chunk[...]
        while let end = rest.firstLineFeed() {
            if held.isEmpty && !isTooLong {
                emit(rest[..<end], take)
            } else {
                hold(rest[..<end])
                emit(held[...], take)
            }
            rest = rest[(end + 1)...]
            number += 1
        }
        hold(rest)
    }

    mutating func finish(_ take: (Line) -> Void) {
        emit(held[...], take)
        self = LineFraming()
    }

    private mutating func hold(_ bytes: ArraySlice<UInt8>) {
        let room = EventReader.maximalEventBytes - held.count
        if bytes.count > room { isTooLong = true }
        held += bytes.prefix(room)
    }

    private mutating func emit(_ bytes: ArraySlice<UInt8>, _ take: (Line) -> Void) {
        let limit = EventReader.maximalEventBytes
        let isTooLong = isTooLong || bytes.count > limit
        let line = EventFraming.trimmed(bytes.prefix(limit))
        if !line.isEmpty { take(Line(number: number, bytes: line, isTooLong: isTooLong)) }
        held.removeAll(keepingCapacity: true)
        self.isTooLong = false
    }
}
