import Touchpoints

/// Holds the derived indexes against the log.
struct IndexVerifier {
    private let blocks: LogSnapshot
    private let runs: RunSet?
    private let hasher: AliasHasher

    init(_ folder: DataFolder, _ blocks: LogSnapshot) throws(LogError) {
        self.blocks = blocks
        hasher = AliasHasher(secret: folder.secret)
        // No index is no fault: it is made anew by the next owner.
        let tables = try? IndexTables(folder, .readOnly)
        runs = try tables.flatMap { tables throws(LogError) in try RunSet(tables) }
    }

    /// What the runs say otherwise than the log. O(events log events) of those that they speak of.
    func verify() throws(LogError) -> [LogVerifier.Finding] {
        guard let runs else { return [] }
        do {
            return try differences(runs)
        } catch .damagedIndex(let what) {
            return [LogVerifier.Finding(position: .start, what: "the index: \(what)")]
        }
    }

    private func differences(_ runs: RunSet) throws(LogError) -> [LogVerifier.Finding] {
        let last = runs.manifest.position
        guard try blocks.agrees(with: runs.manifest) else {
            return [LogVerifier.Finding(position: last, what: "the index is not of this log; it will be made anew")]
        }
        let blocks = blocks
        var found = Found()
        var next = Position(1)
        while next <= last, let first = try blocks.firstBlock(from: next) {
            let block = try blocks.block(from: first)
            for addition in try block.nameAdditions() { _ = found.dictionaries.add(addition) }
            try compareAliases(of: block, try blocks.personal(beside: block), runs, &found)
            try compareEvents(of: block, runs, &found)
            next = block.last.next
        }
        found.compareCount(of: .identities, runs, last.rawValue)
        found.compareCount(of: .histories, runs, last.rawValue)
        found.compareCount(of: .aliases, runs, found.aliasCount)
        found.compare(found.decisions, try runs.decisions())
        if found.dictionaries != runs.manifest.dictionaries {
            found.note(last, "the names in the index are not those of the log")
        }
        return found.findings
    }

    private func compareAliases(
        of block: borrowing BlockView, _ personal: borrowing PersonalView, _ runs: RunSet, _ found: inout Found
    ) throws(LogError) {
        for index in 0..<block.newStrandCount {
            let value = personal.aliasValue(index).text
            guard !value.isEmpty else { continue }  // erased
            found.aliasCount += 1
            let kind = found.dictionaries.name(of: block.kindOfNewStrand(index))
            let strand = UInt64(block.strandsBefore) + UInt64(index) + 1
            let hash = hasher.hash(Alias(kind: kind, value: value))
            if try runs.greatestValue(of: hash, in: .aliases, notAbove: strand) != strand {
                found.note(block.first, "the index aliases does not know strand \(strand)")
            }
        }
    }

    private func compareEvents(
        of block: borrowing BlockView, _ runs: RunSet, _ found: inout Found
    ) throws(LogError) {
        for index in 0..<block.count {
            let event = block.event(index)
            if let decision = Decision(event) { found.decisions.append(decision) }
            if try runs.greatestValue(of: block.identity(index), in: .identities) != event.position.rawValue {
                found.note(event.position, "the index identities does not know the event")
            }
            var isKnown = false
            try runs.forEachStep(of: event.strand, exactly: event.foldKey) { isKnown = true }
            if !isKnown { found.note(event.position, "the index histories does not know the event") }
        }
    }

    /// What was gathered on the way through the log.
    private struct Found {
        var findings: [LogVerifier.Finding] = []
        var dictionaries = Dictionaries()
        var aliasCount: UInt64 = 0
        var decisions: [Decision] = []

        mutating func note(_ position: Position, _ what: String) {
            findings.append(LogVerifier.Finding(position: position, what: what))
        }

        /// Names the first decision that is another.
        mutating func compare(_ decisions: [Decision], _ held: [Decision]) {
            guard decisions != held else { return }
            let common = min(decisions.count, held.count)
            let index = (0..<common).first { decisions[$0] != held[$0] } ?? common
            let position = index < decisions.count ? decisions[index].position : held[index].position
            note(position, "the index decisions says otherwise than the log")
        }

        mutating func compareCount(of kind: IndexKind, _ runs: RunSet, _ count: UInt64) {
            let held = runs.recordCount(of: kind)
            if held != count { note(runs.manifest.position, "the index \(kind) has \(held) records, not \(count)") }
        }
    }
}
