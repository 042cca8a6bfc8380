import LMDB
import Touchpoints

/// Merges sorted runs of one index into one, reading and writing chunk by chunk.
enum RunMerger {
    /// The merged run, on disk but not named in the manifest yet. O(records x runs); memory: a chunk for each run.
    static func merge(_ runs: [Run], into number: UInt32, in tables: IndexTables) throws(LogError) -> Run {
        let snapshot = try tables.snapshot()
        let recordCount = runs.reduce(0) { $0 + $1.recordCount }
        var writer = RunWriter(runs[0].kind, number: number, recordCount: recordCount, in: tables)
        var sources: [Source] = []
        for run in runs { sources.append(try Source(run, snapshot, tables)) }
        while !sources.isEmpty {
            var least = 0
            for index in 1..<max(1, sources.count) where sources[index].record < sources[least].record {
                least = index
            }
            try writer.add(sources[least].record)
            if try !sources[least].advance(snapshot, tables) { sources.remove(at: least) }
        }
        return try writer.finish()
    }

    /// A run that is being read from its begin to its end.
    private struct Source {
        let run: Run
        private var words: [UInt64] = []
        private var chunk = 0
        private var index = 0
        /// The record that stands next.
        private(set) var record = IndexRecord(0, 0, 0)

        /// Stands at the first record; no run is empty.
        init(_ run: Run, _ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) {
            self.run = run
            _ = try advance(snapshot, tables)
        }

        /// Goes to the next record; false at the end.
        mutating func advance(_ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) -> Bool {
            let width = run.kind.wordCount
            if index == words.count {
                guard chunk < run.chunkCount else { return false }
                try readChunk(snapshot, tables)
            }
            record = IndexRecord(
                words[index], words[index + 1], words[index + 2], width == 4 ? words[index + 3] : 0)
            index += width
            return true
        }

        private mutating func readChunk(_ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) {
            words = try OpenRun.words(run.key(chunk: chunk), snapshot, tables)
            guard words.count == run.kind.wordCount * run.recordCount(ofChunk: chunk) else {
                throw .damagedIndex("a chunk of run \(run.number) has \(words.count) words")
            }
            chunk += 1
            index = 0
        }
    }
}
