import LMDB
import Touchpoints

/// The sorted runs as one manifest names them.
struct RunSet {
    let manifest: Manifest
    private let tables: IndexTables
    private let snapshot: ReadSnapshot
    private let runs: [OpenRun]

    /// Opens the runs that are there now; nil when there is no manifest, or none that can be read. O(chunks of new runs).
    ///
    /// - Parameter known: an earlier set of the same tables; what it has open is taken over.
    init?(_ tables: IndexTables, knowing known: RunSet? = nil) throws(LogError) {
        let snapshot: ReadSnapshot
        do { snapshot = try tables.environment.snapshot() } catch { throw .storage(error) }
        guard let manifest = try Self.manifest(snapshot, tables) else { return nil }
        var runs: [OpenRun] = []
        for run in manifest.runs.reversed() {
            if let open = known?.runs.first(where: { $0.run == run }) {
                runs.append(open)
            } else {
                runs.append(try OpenRun(run, snapshot, tables))
            }
        }
        self.manifest = manifest
        self.tables = tables
        self.snapshot = snapshot
        self.runs = runs
    }

    private static func manifest(_ snapshot: ReadSnapshot, _ tables: IndexTables) throws(LogError) -> Manifest? {
        do {
            guard let value = try snapshot.value(in: tables.manifest, for: IndexTables.manifestKey) else { return nil }
            return Manifest(value)
        } catch {
            throw .storage(error)
        }
    }

    /// The number of the transaction that the set was read at.
    var identifier: UInt64 { snapshot.identifier }

    /// The greatest value of a hash that is not greater than `limit`: the newest strand of an alias, the position of an
    /// event. O(runs), and O(log n) in those that may know it.
    func greatestValue(
        of hash: Hash128, in kind: IndexKind, notAbove limit: UInt64 = .max
    ) throws(LogError) -> UInt64? {
        var greatest: UInt64?
        for run in runs where run.run.kind == kind {
            guard try run.mayContain(hash, snapshot, tables) else { continue }
            let value = try run.greatestValue(of: hash, notAbove: limit, snapshot, tables)
            if value > 0 { greatest = max(greatest ?? 0, value) }
        }
        return greatest
    }

    /// Looks up those of many hashes whose value is 0 as yet, the greatest value of each; the indices of those that were
    /// found.
    ///
    /// O(hashes x runs), with misses of the cache that overlap, and O(log n) for a hash in each run that may know it.
    func lookUp(_ hashes: [Hash128], in kind: IndexKind, into values: inout [UInt64]) throws(LogError) -> [Int] {
        let asked = values.indices.filter { values[$0] == 0 }
        let hashes = asked.map { hashes[$0] }
        for run in runs where run.run.kind == kind {
            for index in try run.candidates(among: hashes, snapshot, tables) {
                let value = try run.greatestValue(of: hashes[index], notAbove: .max, snapshot, tables)
                values[asked[index]] = max(values[asked[index]], value)
            }
        }
        return asked.filter { values[$0] > 0 }
    }

    /// The events of a strand from a key on, run by run. O(runs x log n + events).
    func forEachStep(of strand: StrandNumber, from key: FoldKey, _ body: (FoldKey) -> Void) throws(LogError) {
        for run in runs where run.run.kind == .histories {
            try run.forEach(from: IndexRecord(strand, key), snapshot, tables) { record in
                guard record.words.0 == UInt64(strand.rawValue) else { return false }
                body(record.foldKey)
                return true
            }
        }
    }

    /// The first `limit` events of a strand behind a key and up to a position in each run, run by run.
    ///
    /// O(runs x (log n + limit)), beside what lies behind the position.
    func forEachStep(
        of strand: StrandNumber, behind key: FoldKey, through last: Position, limit: Int, _ body: (FoldKey) -> Void
    ) throws(LogError) {
        for run in runs where run.run.kind == .histories {
            var count = 0
            try run.forEach(from: IndexRecord(strand, key), snapshot, tables) { record in
                guard record.words.0 == UInt64(strand.rawValue), count < limit else { return false }
                guard record.foldKey > key, record.foldKey.position <= last else { return true }
                body(record.foldKey)
                count += 1
                return true
            }
        }
    }

    /// Calls `body` if a run holds exactly this event of a strand.
    func forEachStep(of strand: StrandNumber, exactly key: FoldKey, _ body: () -> Void) throws(LogError) {
        for run in runs where run.run.kind == .histories {
            try run.forEach(from: IndexRecord(strand, key), snapshot, tables) { record in
                if record == IndexRecord(strand, key) { body() }
                return false
            }
        }
    }

    /// What joined, split and voided behind a position. O(runs + decisions).
    func decisions(after position: Position = .start) throws(LogError) -> [Decision] {
        var records: [IndexRecord] = []
        for run in runs where run.run.kind == .decisions {
            try run.forEach(from: IndexRecord(position.rawValue + 1, 0, 0), snapshot, tables) { record in
                records.append(record)
                return true
            }
        }
        // Each run is sorted, and mostly they follow each other.
        records.sort()
        guard let decisions = Decision.decisions(of: records) else {
            throw .damagedIndex("the decisions cannot be read")
        }
        return decisions
    }

    /// How many records the runs of an index hold together.
    func recordCount(of kind: IndexKind) -> UInt64 {
        manifest.runs.filter { $0.kind == kind }.reduce(0) { $0 + $1.recordCount }
    }
}
