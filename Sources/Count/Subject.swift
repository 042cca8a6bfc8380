import Foundation
import Ingest
import Projections
import Wayfold

/// A data folder with a policy in force, and the events that are to go into it.
final class Subject {
    let folder: DataFolder
    let writer: LogWriter
    /// Lines with their ends.
    let events: [ArraySlice<UInt8>]
    private var reader: EventReader

    init(folder path: String, events file: String) async throws {
        folder = try DataFolder(creatingAt: path)
        // Far behind the events: a late one is late, whenever this runs.
        writer = try LogWriter(folder: folder, now: { Timestamp(rawValue: 1_800_000_000_000_000) })
        let context = EventDecoder.Context(keys: folder.hashKeys, rules: SchemaRegistry(), isEngine: true) { _ in nil }
        reader = EventReader(decoder: EventDecoder(context: context))
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: file)))
        events = bytes.split(separator: 10).map { bytes[$0.startIndex...$0.endIndex] }
        try await activatePolicy()
    }

    private func activatePolicy() async throws {
        let line =
            #"{"specversion":"1.0","id":"policy","source":"wayfold","type":"policy.activated","#
            + #""data":{"yaml":"timeZone: UTC","zone":"\#(ZoneTable.utc.encoded)"}}"# + "\n"
        var options = AppendOptions()
        options.asFirst = true
        try await append(Array(line.utf8), options)
    }

    /// Decodes and appends events, so many a batch, each batch committed before the next is decoded.
    func append(_ range: Range<Int>, _ batchSize: Int) async throws {
        var options = AppendOptions()
        options.recordedTime = .occurred
        for start in stride(from: range.lowerBound, to: range.upperBound, by: batchSize) {
            let lines = events[start..<min(start + batchSize, range.upperBound)]
            try await append(Array(lines.joined()), options)
        }
    }

    private func append(_ lines: [UInt8], _ options: AppendOptions) async throws {
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        reader.push(lines, into: &batch, rejected: &rejected)
        precondition(rejected.isEmpty, "refused: \(rejected[0])")
        for case .refused(let refusal) in try await writer.append(batch, options) { throw refusal }
    }

    /// An engine that does the same on every machine: on one core, in the way of many events, and saving only when told.
    static func engine(_ folder: DataFolder, _ views: Catalogue) throws -> FoldEngine {
        var tuning = FoldTuning()
        tuning.laneCount = 1
        tuning.bulkSize = 4_096
        return try FoldEngine(
            folder: folder, catalogue: views, isAccused: false, saveInterval: .seconds(86_400), tuning: tuning)
    }
}
