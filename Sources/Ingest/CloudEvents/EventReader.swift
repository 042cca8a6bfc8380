import Touchpoints

/// Reads a stream of CloudEvents: one event, a JSON array of them, or one event or array a line (NDJSON), whichever
/// it is.
///
/// ```swift
/// var reader = EventReader(decoder: EventDecoder(context: context))
/// while let chunk = try input.next() { reader.push(chunk, into: &batch, rejected: &rejected) }
/// reader.finish(into: &batch, rejected: &rejected)
/// ```
///
/// Chunks may be cut anywhere. At most ``maximalEventBytes`` are held besides a chunk; a batch is the caller's to empty
/// between chunks. An event that is refused stops no other, wherever it stands; of an array or an object that is not
/// closed, the lines that are whole events by themselves are taken.
public struct EventReader: ~Copyable {
    /// The most bytes that one event (a line, an element) may have as it comes.
    public static let maximalEventBytes = 1 << 20

    private var decoder: EventDecoder
    private var tape = JSONTape()
    private var framing = EventFraming()

    public init(decoder: consuming EventDecoder) { self.decoder = decoder }

    /// Takes the next bytes; appends what became of the events that they complete.
    public mutating func push(_ chunk: [UInt8], into batch: inout DraftBatch, rejected: inout [RejectedEvent]) {
        if batch.isEmpty { batch.reserve(chunk.count / 300, byteCount: chunk.count / 2) }
        framing.push(chunk) { frame in Self.take(frame, &decoder, &tape, &batch, &rejected) }
    }

    /// Ends the stream: what was held is the last event.
    public mutating func finish(into batch: inout DraftBatch, rejected: inout [RejectedEvent]) {
        framing.finish { frame in Self.take(frame, &decoder, &tape, &batch, &rejected) }
    }

    private static func take(
        _ frame: EventFraming.Frame, _ decoder: inout EventDecoder, _ tape: inout JSONTape,
        _ batch: inout DraftBatch, _ rejected: inout [RejectedEvent]
    ) {
        do throws(Refusal) {
            if let fault = frame.fault {
                tape.clear()
                throw Refusal(field: "", reason: fault)
            }
            do {
                try tape.scan(frame.bytes)
            } catch {
                throw Refusal(field: "", reason: "\(error)")
            }
            try decoder.decode(tape.root, of: tape, line: frame.line, into: &batch)
        } catch {
            let id = tape.isEmpty ? nil : tape.member("id", of: tape.root).flatMap { tape.text(of: $0) }
            let raw = Array(frame.bytes)
            rejected.append(RejectedEvent(line: frame.line, id: id, refusal: error, raw: raw))
        }
    }
}
