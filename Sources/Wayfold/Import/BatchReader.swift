import Ingest
import Touchpoints

/// Decodes files, one after the other, to batches of bounded size.
struct BatchReader: ~Copyable {
    /// What was read of one file: events that could not be read, and behind them a batch, which may be empty.
    struct Read {
        var file = ""
        var rejected: [RejectedEvent] = []
        var batch: DraftBatch
    }

    /// The bytes of a file cannot be inflated.
    struct Damage: Error {
        var file: String
        var error: InflateError
    }

    private let files: [InputFile]
    /// The one that is being read.
    private var number = 0
    // One reader for all files: it counts equal rows over the whole import.
    private var reader: ImportReader
    private var batch = emptyBatch()
    private var rejected: [RejectedEvent] = []
    /// What was read and not given yet.
    private var ready: ArraySlice<Read> = []
    /// What comes behind that.
    private var damage: Damage?

    init(_ files: [InputFile], _ format: ImportFormat, decoder: consuming EventDecoder) {
        self.files = files
        reader = ImportReader(format, decoder: decoder)
    }

    /// The next batch, nil at the end of all files; the line of a draft also says from which file it came (its highest
    /// 16 bits). Throws ``Damage``, `FileError` and what a reader of CSV throws.
    mutating func next() throws -> Read? {
        while ready.isEmpty {
            if let damage { throw damage }
            guard number < files.count else { return nil }
            try readOn()
        }
        return ready.removeFirst()
    }

    private mutating func readOn() throws {
        do {
            if let chunk = try files[number].next() {
                try reader.push(chunk, into: &batch, rejected: &rejected)
                let isFull =
                    batch.count >= Importer.batchCount || batch.arena.count >= Importer.batchByteCount
                if isFull || !rejected.isEmpty { flush(all: !rejected.isEmpty) }
                return
            }
        } catch let error as InflateError {
            // A file that was cut short is good up to its end; of a damaged one that is not known.
            if error == .truncated { flush(all: true) }
            damage = Damage(file: files[number].name, error: error)
            return
        }
        try reader.finish(into: &batch, rejected: &rejected)
        flush(all: true)
        number += 1
    }

    /// Makes what was read ready to be given; without `all` only full batches, and the rest waits for the next chunk.
    private mutating func flush(all: Bool) {
        var start = 0
        while start < batch.count || !rejected.isEmpty {
            let end = batch.end(
                ofSliceFrom: start, count: Importer.batchCount, byteCount: Importer.batchByteCount)
            if end == batch.count && !all { break }
            var part = end - start == batch.count ? batch : batch.slice(start..<end)
            for index in part.drafts.indices { part.drafts[index].line |= UInt64(number) << 48 }
            ready.append(Read(file: files[number].name, rejected: rejected, batch: part))
            rejected.removeAll()
            start = end
        }
        let rest = batch.slice(start..<batch.count)
        batch = Self.emptyBatch()
        batch.append(rest)
    }

    /// A batch with room for what one chunk adds to a batch that is not full.
    private static func emptyBatch() -> DraftBatch {
        DraftBatch(room: 3 * Importer.batchCount, byteCount: 2 * InputFile.chunkByteCount)
    }
}
