import LMDB
import Touchpoints

/// Writes tails into sorted runs and merges runs; used by the log's owner only.
struct IndexWriter {
    /// So many runs of one level are merged into one.
    private static let runsPerMerge = 4

    let tables: IndexTables
    private(set) var manifest: Manifest
    private var isBroken = false

    /// Opens the index of a folder, and begins an empty one where it is missing, broken, or not of this log.
    init(_ folder: DataFolder, of blocks: LogSnapshot) throws(LogError) {
        do {
            try self.init(try IndexTables(folder, .readWrite), of: blocks)
        } catch {
            if case .storage(let cause) = error, cause.reason == .alreadyOpen { throw error }
            SharedEnvironments.close(folder.indexPath)
            removeFolder(folder.indexPath)
            try self.init(try IndexTables(folder, .readWrite), of: blocks)
        }
    }

    private init(_ tables: IndexTables, of blocks: LogSnapshot) throws(LogError) {
        self.tables = tables
        manifest = Manifest()
        // A manifest whose runs cannot be read is as good as none.
        if let found = try? RunSet(tables), (try? found.decisions()) != nil, try blocks.agrees(with: found.manifest) {
            manifest = found.manifest
        } else {
            try dropManifest()
        }
        try removeOrphans()
    }

    /// Writes the tails into runs, names them in the manifest, then merges. O(entries log entries), amortized over
    /// merges.
    ///
    /// - Parameter state: what the manifest says of the log at the end of the tails.
    mutating func write(_ tails: [Tail], upTo state: Manifest) throws(LogError) {
        if isBroken { throw .damagedIndex("it is made anew at the next opening") }
        // Tails that an earlier call has written before it failed are not written twice.
        let tails = tails.filter { $0.after >= manifest.position }
        guard let first = tails.first else { return }
        precondition(first.after == manifest.position, "the tails do not follow position \(manifest.position)")
        var next = state
        next.runs = manifest.runs
        next.nextRun = manifest.nextRun
        for kind in IndexKind.allCases {
            var records: [IndexRecord] = []
            for tail in tails { tail.forEachRecord(of: kind) { records.append($0) } }
            guard !records.isEmpty else { continue }
            records = records.sortedByBuckets()
            var writer = RunWriter(kind, number: next.nextRun, recordCount: UInt64(records.count), in: tables)
            next.nextRun += 1
            for record in records { try writer.add(record) }
            next.runs.append(try writer.finish())
        }
        try commit(next, removing: [])
        do {
            try merge()
        } catch .damagedIndex(let what) {
            // Without its manifest the index is made anew at the next opening; until then nothing is added to it.
            isBroken = true
            try dropManifest()
            throw .damagedIndex(what)
        }
    }

    private func dropManifest() throws(LogError) {
        try tables.write { transaction throws(LMDBError) in
            try transaction.delete(IndexTables.manifestKey, in: tables.manifest)
        }
    }

    private mutating func merge() throws(LogError) {
        while let group = runsToMerge() {
            var next = manifest
            let merged = try RunMerger.merge(group, into: next.nextRun, in: tables)
            next.nextRun += 1
            next.runs.removeAll { group.contains($0) }
            next.runs.append(merged)
            try commit(next, removing: group)
        }
    }

    private func runsToMerge() -> [Run]? {
        for kind in IndexKind.allCases {
            let levels = Dictionary(grouping: manifest.runs.filter { $0.kind == kind }, by: \.level)
            if let full = levels.filter({ $0.value.count >= Self.runsPerMerge }).min(by: { $0.key < $1.key }) {
                return full.value
            }
        }
        return nil
    }

    private mutating func commit(_ next: Manifest, removing runs: [Run]) throws(LogError) {
        try tables.write { transaction throws(LMDBError) in
            try transaction.put(next.encoded, for: IndexTables.manifestKey, in: tables.manifest)
            for run in runs { try Self.remove(run.number, &transaction, tables) }
        }
        manifest = next
    }

    /// Removes what an interrupted write or an abandoned manifest left.
    private mutating func removeOrphans() throws(LogError) {
        let snapshot = try tables.snapshot()
        let found: [UInt32]
        do { found = try Self.runs(in: snapshot, tables) } catch { throw .storage(error) }
        let named = Set(manifest.runs.map(\.number))
        for number in found {
            manifest.nextRun = max(manifest.nextRun, number + 1)
            guard !named.contains(number) else { continue }
            try tables.write { transaction throws(LMDBError) in try Self.remove(number, &transaction, tables) }
        }
    }

    /// The numbers of all runs of which something is there.
    private static func runs(in snapshot: ReadSnapshot, _ tables: IndexTables) throws(LMDBError) -> [UInt32] {
        var numbers: [UInt32] = []
        var cursor = try snapshot.cursor(in: tables.runs)
        var found = try cursor.first()
        while found, let key = UInt64(keyBytes: cursor.key), key >> 32 < UInt64(UInt32.max) {
            numbers.append(UInt32(key >> 32))
            found = try cursor.seek((key >> 32 + 1) << 32)
        }
        return numbers
    }

    private static func remove(
        _ run: UInt32, _ transaction: inout WriteTransaction, _ tables: IndexTables
    ) throws(LMDBError) {
        let keys = try keys(of: run, transaction, tables)
        for key in keys { try transaction.delete(key, in: tables.runs) }
    }

    private static func keys(
        of run: UInt32, _ transaction: borrowing WriteTransaction, _ tables: IndexTables
    ) throws(LMDBError) -> [UInt64] {
        var keys: [UInt64] = []
        var cursor = try transaction.cursor(in: tables.runs)
        var found = try cursor.seek(UInt64(run) << 32)
        while found, let key = UInt64(keyBytes: cursor.key), key >> 32 == UInt64(run) {
            keys.append(key)
            found = try cursor.next()
        }
        return keys
    }
}
