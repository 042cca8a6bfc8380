import Digests
import Touchpoints
import Transparency

/// Holds events against the tree of hashes that was kept of them, and the tree against what was signed.
struct VerifiedTree: ~Copyable {
    private var writer = LeafWriter()
    private var hasher = TreeHasher()
    private var edge = GrowingTree()
    private let files: RowFiles
    /// What the folder `tree` says; nil without one.
    private let mark: (size: UInt64, root: Digest256)?
    private var isMarkMet = false
    /// The hashes of the rows above the leaves, by level.
    private var upper: [[Digest256]] = []
    /// Those that were not met yet, by their sizes.
    private var heads: ArraySlice<SignedHead>
    /// Up to here the log is what was signed, as the folder itself says.
    private var signed: UInt64 = 0
    /// Up to here it is what a head says that was kept elsewhere. Who has the key and has altered the log has signed in the
    /// folder what fits: that tells nothing of where such a head parts from it.
    private var signedElsewhere: UInt64 = 0
    /// Behind a block that could not be read nothing can be said.
    private var isStopped = false
    private var findings: [LogVerifier.Finding] = []

    init(_ folder: DataFolder, _ heads: [SignedHead]) {
        files = RowFiles(folder.treePath)
        self.heads = heads.sorted { $0.head.size < $1.head.size }[...]
        do {
            mark = try RowFiles.mark(folder.treePath)
        } catch {
            mark = nil
            findings.append(LogVerifier.Finding(position: .start, what: "\(error)"))
        }
    }

    /// No block is looked at any more.
    mutating func stop() { isStopped = true }

    /// What the tree says otherwise than the next block, whose lengths were checked.
    mutating func verify(_ block: borrowing BlockView) throws(LogError) -> [LogVerifier.Finding] {
        if isStopped { return [] }
        do {
            try compare(block)
        } catch let error as LogError {
            throw error
        } catch {
            preconditionFailure("no other error is thrown here: \(error)")
        }
        return taken()
    }

    private mutating func compare(_ block: borrowing BlockView) throws {
        meetHeads()
        try writer.addNames(of: block)
        let stored = try storedLeaves(of: block)
        var hashes: [Digest256] = []
        hashes.reserveCapacity(block.count)
        try writer.forEachLeaf(of: block, 0..<block.count) { _, leaf in hashes.append(hasher.leaf(leaf)) }
        for (index, hash) in hashes.enumerated() {
            let event = block.event(index)
            if index < stored.count, stored[index] != hash {
                note(event.position, "the event is not the one that the tree of hashes was made of")
            }
            do {
                try ClearPart.checkSpelling(of: event.clearBytes)
            } catch {
                note(event.position, error.what)
            }
            edge.append(hash, &hasher) { level, hash in
                guard level > 0, level % Tile.height == 0 else { return }
                if level / Tile.height > upper.count { upper.append([]) }
                upper[level / Tile.height - 1].append(hash)
            }
            meetHeads()
        }
    }

    private func storedLeaves(of block: borrowing BlockView) throws -> [Digest256] {
        let first = block.first.rawValue - 1
        let end = min(mark?.size ?? 0, block.last.rawValue)
        guard first < end else { return [] }
        return try files.row(0, first..<end)
    }

    /// Holds the tree against the heads of its size, and of what the folder says against its root there.
    private mutating func meetHeads() {
        while let next = heads.first, case let head = next.head, head.size == edge.size {
            heads.removeFirst()
            if edge.root(&hasher) == head.root {
                if next.isElsewhere { signedElsewhere = head.size } else { signed = head.size }
            } else {
                note(
                    Position((next.isElsewhere ? signedElsewhere : max(signed, signedElsewhere)) + 1),
                    "the log is not what was signed: some event from here to \(head.size) is another one")
            }
        }
        guard let mark, mark.size == edge.size, !isMarkMet else { return }
        isMarkMet = true
        if edge.root(&hasher) != mark.root {
            note(Position(mark.size), "the tree of hashes has another root than the log")
        }
    }

    /// What is left to say at the end of the log.
    mutating func finish(_ head: Position) throws(LogError) -> [LogVerifier.Finding] {
        if isStopped { return taken() }
        meetHeads()
        for signed in heads {
            note(head.next, "the log ends before this, and \(signed.head.size) events were signed")
        }
        guard let mark else { return taken() }
        guard mark.size <= head.rawValue else {
            note(head.next, "the log ends before this, and the tree of hashes has \(mark.size) events")
            return taken()
        }
        for level in upper.indices {
            let count = Tile.count(level: level + 1, size: mark.size)
            do {
                let stored = try files.row(level + 1, 0..<count)
                let held = upper[level].prefix(Int(count))
                if let index = zip(stored, held).enumerated().first(where: { $1.0 != $1.1 })?.offset {
                    let first = UInt64(index) << UInt64(Tile.height * (level + 1)) + 1
                    note(Position(first), "the file tree/\(level + 1) is not that of the events from here on")
                }
            } catch let error as LogError {
                throw error
            } catch {
                preconditionFailure("no other error is thrown here: \(error)")
            }
        }
        return taken()
    }

    private mutating func note(_ position: Position, _ what: String) {
        findings.append(LogVerifier.Finding(position: position, what: what))
    }

    private mutating func taken() -> [LogVerifier.Finding] {
        defer { findings = [] }
        return findings
    }
}
