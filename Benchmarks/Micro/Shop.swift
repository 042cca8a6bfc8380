import Foundation
import Ingest
import Wayfold

/// A data folder in which events arrive.
final class Shop {
    private let scratch = Scratch()
    private let folder: DataFolder
    private let writer: LogWriter
    private var reader: EventReader
    private var next = 0
    private var engine: FoldEngine?

    /// With the default policy in force.
    init() async throws {
        folder = try DataFolder(creatingAt: scratch.path)
        // Far behind the events.
        writer = try LogWriter(folder: folder, now: { Timestamp(rawValue: 4_000_000_000_000_000) })
        let context = EventDecoder.Context(keys: folder.hashKeys, rules: SchemaRegistry(), isEngine: true) { _ in nil }
        reader = EventReader(decoder: EventDecoder(context: context))
        let policy =
            #"{"specversion":"1.0","id":"policy","source":"wayfold","type":"policy.activated","#
            + #""data":{"yaml":"timeZone: UTC","zone":"\#(ZoneTable.utc.encoded)"}}"# + "\n"
        var options = AppendOptions()
        options.asFirst = true
        try await append(decode(Array(policy.utf8)), options)
    }

    /// Drafts of whole lines, all of which are good.
    func decode(_ lines: [UInt8]) throws -> DraftBatch {
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        reader.push(lines, into: &batch, rejected: &rejected)
        precondition(rejected.isEmpty, "refused: \(rejected[0])")
        return batch
    }

    /// Drafts of the events behind those that were taken before.
    func nextBatch(of count: Int) throws -> DraftBatch {
        defer { next += count }
        return try decode(Array(Events.lines(next..<next + count).joined()))
    }

    func append(_ batch: DraftBatch) async throws {
        var options = AppendOptions()
        options.recordedTime = .occurred
        try await append(batch, options)
    }

    private func append(_ batch: DraftBatch, _ options: AppendOptions) async throws {
        for case .refused(let refusal) in try await writer.append(batch, options) { throw refusal }
    }

    /// Folds what has come into the four views; the position reached.
    func fold() throws -> Position {
        let engine = try engine ?? FoldEngine(folder: folder, catalogue: .standard)
        self.engine = engine
        return try engine.catchUp()
    }

    /// Appends so many events, closes the log, and gives it to be read, with the identities of all that it holds.
    func known(_ count: Int) async throws -> (LogReader, [Hash128]) {
        while next < count { try await append(nextBatch(of: 5_000)) }
        try await writer.close()
        let log = try LogReader(folder: folder)
        let identities = try (1...log.head.rawValue).map { try log.hashes(at: Position($0)).identity }
        return (log, identities)
    }
}
