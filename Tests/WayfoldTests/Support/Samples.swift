import Digests
import EventLog
import Ingest
import Touchpoints
import Wayfold

/// Events as text, and what the reader makes of them.
enum Sample {
    /// One CloudEvents line; `more` is put in behind the required attributes.
    static func event(
        _ id: String, type: String = "seat.chosen", subject: String = "member:1", time: String = "2020-01-01T00:00:00Z",
        more: String = "", data: String = "{}"
    ) -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"shop","type":"\#(type)","subject":"\#(subject)","#
            + #""time":"\#(time)",\#(more)"data":\#(data)}"# + "\n"
    }

    /// The drafts of some lines, which must all be good.
    static func drafts(_ text: String) -> DraftBatch {
        let keys = HashKeys(secret: [UInt8](repeating: 7, count: 16))!
        let context = EventDecoder.Context(keys: keys, rules: SchemaRegistry()) { _ in nil }
        var reader = EventReader(decoder: EventDecoder(context: context))
        var batch = DraftBatch()
        var rejected: [RejectedEvent] = []
        reader.push(Array(text.utf8), into: &batch, rejected: &rejected)
        reader.finish(into: &batch, rejected: &rejected)
        precondition(rejected.isEmpty, "a sample is refused: \(rejected)")
        return batch
    }
}

/// Numbers from a seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Fold workers in a line of shell, which fold nothing.
enum FakeWorker {
    /// Answers every command, and ends with `finish`.
    static let idle = script(#"while read line; do echo "done 1"; [ "$line" = finish ] && exit 0; done"#)

    /// `$0` and behind are the arguments that the supervisor adds.
    static func script(_ text: String) -> [String] { ["/bin/bash", "-c", text, "worker"] }
}

/// Keeps what an import tells, across the boundary of its closures.
final class Kept<Value>: @unchecked Sendable {
    var values: [Value] = []
}

extension Importer {
    /// Imports a file into a folder with a worker that folds nothing.
    static func run(
        _ file: String, into path: String, _ change: (inout Options) -> Void = { _ in }
    ) async throws -> (summary: ImportSummary, faults: [Fault]) {
        let session = try await WriteSession.open(path: path, worker: FakeWorker.idle)
        let rules = try ImportRules(folder: session.folder)
        var options = Options()
        change(&options)
        let faults = Kept<Fault>()
        let result: Result<ImportSummary, any Error>
        do {
            result = .success(
                try await Importer(rules: rules, options: options).run(
                    [file], into: options.isDryRun ? nil : session, rules: rules, fault: { faults.values.append($0) }))
        } catch { result = .failure(error) }
        try await session.finish()
        return (try result.get(), faults.values)
    }
}
