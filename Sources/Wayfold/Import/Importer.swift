import EventLog
public import Ingest
import Policies
import Projections
public import Touchpoints

/// Reads files of events and appends them: decode, check, sort where asked, hand over in batches, count what became of them.
///
/// ```swift
/// let rules = try ImportRules(folder: session.folder)
/// let summary = try await Importer(rules: rules, options: options).run(["events.ndjson.gz"], into: session, rules: rules)
/// ```
/// Batches, what is inflated at once and what a sort holds are bounded, whatever the size of the input. Two tables grow
/// with it: of CSV rows without a column for the id, their ordinals (about 40 bytes a row that is unlike the others), and in a
/// dry run the identities of new events (about 64 bytes each).
public final class Importer {
    /// Events that are handed to the log at once.
    public static let batchCount = 2_000
    /// Bytes of events that are handed to the log at once, unless a single one has more.
    static let batchByteCount = 8 << 20

    public struct Options: Sendable {
        public var format = ImportFormat.cloudEvents
        /// Recorded times follow the events' own: the input is sorted by (occurred, line).
        public var isClockOccurred = false
        /// The events fire no effects.
        public var isBackfill = false
        /// Nothing is appended; duplicates and conflicts are found by what the log holds.
        public var isDryRun = false

        public init() {}
    }

    /// What became of one event that was not stored, for messages and the file of rejects.
    public enum Fault: Sendable {
        /// It could not be read; its bytes are as they came.
        case rejected(file: String, RejectedEvent)
        /// The log did not take it; `event` is its CloudEvents JSON.
        case refused(file: String, line: UInt64, id: String, Refusal, event: String)
        case conflict(file: String, line: UInt64, id: String, with: Position, differing: [String], event: String)
    }

    /// How far an import has come.
    public struct Progress: Sendable {
        public var summary: ImportSummary
        /// Bytes read and bytes to read, as they lie on disk; 0 where the end is not known.
        public var bytesRead: Int
        public var byteCount: Int
        /// Events read, which are ahead of those in ``summary`` where they are sorted first.
        public var eventsRead: Int
    }

    let options: Options
    private let context: EventDecoder.Context
    var summary = ImportSummary()
    var onFault: (Fault) throws -> Void = { _ in }
    private var onProgress: (Progress) -> Void = { _ in }
    private var files: [InputFile] = []
    private var eventsRead = 0
    var fileNames: [String] = []

    /// - Parameter rules: the schemas and kinds in force, from ``ImportRules``.
    public init(rules: ImportRules, options: Options) {
        self.options = options
        context = rules.context
    }

    /// Imports the files, `-` being standard input, one after the other.
    ///
    /// - Parameter session: nil for a dry run.
    public func run(
        _ names: [String], into session: WriteSession?, rules: ImportRules,
        fault: @escaping (Fault) throws -> Void = { _ in }, progress: @escaping (Progress) -> Void = { _ in }
    ) async throws -> ImportSummary {
        onFault = fault
        onProgress = progress
        fileNames = names
        files = try names.map { try InputFile($0) }
        let sink: Sink
        if let session { sink = .session(session) } else { sink = .dryRun(try DryRun(rules)) }
        var reader = BatchReader(files, options.format, decoder: EventDecoder(context: context))
        func next() throws -> BatchReader.Read? {
            let read = try reader.next()
            if let read { eventsRead += read.batch.count + read.rejected.count }
            return read
        }
        do {
            if options.isClockOccurred {
                var sort = OccurredSort(folder: rules.folder.path)
                while let read = try next() {
                    try report(rejectedOf: read)
                    try sort.add(read.batch)
                    report()
                }
                try await append(to: sink) { try sort.next(Self.batchCount).map { BatchReader.Read(batch: $0) } }
            } else {
                try await append(to: sink, next)
            }
        } catch let damage as BatchReader.Damage {
            throw InputDamaged(file: damage.file, error: damage.error, stored: summary.new)
        }
        return summary
    }

    /// Reports events that could not be read.
    func report(rejectedOf read: BatchReader.Read) throws {
        for event in read.rejected {
            summary.refused += 1
            try onFault(.rejected(file: read.file, event))
        }
    }

    func report() {
        let known = files.allSatisfy { $0.byteCount > 0 }
        onProgress(
            Progress(
                summary: summary, bytesRead: files.reduce(0) { $0 + $1.bytesRead },
                byteCount: known ? files.reduce(0) { $0 + $1.byteCount } : 0, eventsRead: eventsRead))
    }
}

/// A gzipped file that could not be read to its end.
public struct InputDamaged: Error, Sendable, CustomStringConvertible {
    public let file: String
    public let error: InflateError
    /// How many new events the import had stored until then.
    public let stored: Int

    public var description: String { "\(file): \(error); \(stored) new events were stored before" }
}

/// How many events became what.
public struct ImportSummary: Sendable, Equatable {
    public var new = 0
    public var duplicates = 0
    public var conflicts = 0
    public var refused = 0
    /// Of the new ones in a dry run: those that join or part customers or void an event. What the log would decide about
    /// them, and whether it would refuse them, is not known.
    public var undecided = 0
    /// The positions of the first and the last that were stored.
    public var first: Position?
    public var last: Position?

    public var total: Int { new + duplicates + conflicts + refused }
}
