import ArgumentParser
import Foundation
import Glibc
import Ingest
import Wayfold

/// Drafts of events, as an import makes them.
struct Drafts: ~Copyable {
    private var reader: EventReader
    private var rejected: [RejectedEvent] = []

    init(folder: DataFolder) {
        let context = EventDecoder.Context(keys: folder.hashKeys, rules: SchemaRegistry()) { _ in nil }
        reader = EventReader(decoder: EventDecoder(context: context))
    }

    /// Decodes whole lines; throws where one is refused, since ours are all good.
    mutating func batch(_ lines: [UInt8]) throws -> DraftBatch {
        var batch = DraftBatch()
        reader.push(lines, into: &batch, rejected: &rejected)
        guard rejected.isEmpty else { throw ValidationError("refused: \(rejected[0])") }
        return batch
    }

    /// All events of a file, so many a batch; the last may have fewer.
    mutating func batches(of file: String, size: Int, limit: Int = .max) throws -> [DraftBatch] {
        var lines = try Lines(of: file)
        var batches: [DraftBatch] = []
        while batches.count < limit, let some = lines.next(size) { batches.append(try batch(some)) }
        return batches
    }
}

/// A file that is taken some lines at a time; mapped, so that it may be greater than the memory.
struct Lines {
    private let bytes: Data
    private var position = 0

    init(of file: String) throws { bytes = try Data(contentsOf: URL(filePath: file), options: .alwaysMapped) }

    /// The next lines with their ends, at most so many; nil at the end.
    mutating func next(_ count: Int) -> [UInt8]? {
        guard position < bytes.count else { return nil }
        let start = position
        return bytes.withUnsafeBytes { all in
            for _ in 0..<count where position < all.count {
                let rest = UnsafeRawBufferPointer(rebasing: all[position...])
                let end = memchr(rest.baseAddress!, 10, rest.count)
                position += end.map { UnsafeRawPointer($0) - rest.baseAddress! + 1 } ?? rest.count
            }
            return Array(all[start..<position])
        }
    }
}
