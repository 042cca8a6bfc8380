import LMDB
import Touchpoints

/// Merges sorted runs of one index into one, reading and writing chunk by chunk.
enum RunMerger {
    /// The merged run, on disk but not named in the manifest yet. O(records x runs); memory: a chunk for each run.
    static func merge(_ runs: [Run], into number: UInt32, in tables: IndexTables) throws(LMDBError) -> Run {
        let snapshot = try tables.environment.snapshot()
        let recordCount = runs.reduce(0) { $0 + $1.recordCount }
        var writer = RunWriter(runs[0].kind, number: number, recordCount: recordCount, in: tables)
        var sources: [Source] = []
        for run in runs { sources.append(try Source(run, snapshot, tables)) }
        while let least = sources.indices.filter({ sources[$0].record != nil }).min(by: {
            sources[$0].record! < sources[$1].record!
        }) {
            try writer.add(sources[least].record!)
            try sources[least].advance(snapshot, tables)
        }
        return try writer.finish()
    }

    /// A run that is being read from its begin to its end.
    private struct Source {
        let run: Run
        private var words: [UInt64] = []
        private var chunk = 0
        private var index = 0
        /// The record that stands next; nil at the end.
        private(set) var record: IndexRecord?

        init(_ run: Run, _ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LMDBError) {
            self.run = run
            try advance(snapshot, tables)
        }

        mutating func advance(_ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LMDBError) {
            let width = run.kind.wordCount
            if index == words.count {
                guard chunk < run.chunkCount else {
                    record = nil
                    return
                }
                guard let value = try snapshot.value(in: tables.runs, for: run.key(chunk: chunk)) else {
                    preconditionFailure("run \(run.number) has lost chunk \(chunk)")
                }
                words = (0..<value.byteCount / 8).map { value.integer(at: 8 * $0) }
                chunk += 1
                index = 0
            }
            record = IndexRecord(
                words[index], words[index + 1], words[index + 2], width == 4 ? words[index + 3] : 0)
            index += width
        }
    }
}
