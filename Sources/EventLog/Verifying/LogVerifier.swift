import Digests
public import Touchpoints
public import Transparency

/// Holds every byte of the log against its digests, its rules and its tree of hashes, and the indexes against the log.
///
/// ```swift
/// let findings = try LogVerifier(folder: folder).verify { position, head in print(position, "of", head) }
/// ```
/// What it finds names the position of the event, or of the first event of the block. It changes nothing.
public struct LogVerifier {
    /// Something that is not as it was written.
    public struct Finding: Equatable, Sendable {
        /// The first bad position; the start where no position is known.
        public let position: Position
        /// What is wrong, for people.
        public let what: String
    }

    /// With so many findings a run ends: they are in order, and the first ones matter.
    private static let maxFindings = 1_000

    private let folder: DataFolder
    private let heads: [SignedHead]
    private var findings: [Finding] = []

    /// - Parameters:
    ///   - heads: how the log stood when somebody signed it, as the folder itself says; in any order.
    ///   - elsewhere: the same, kept where nobody who writes into the folder comes.
    public init(folder: DataFolder, heads: [TreeHead] = [], elsewhere: [TreeHead] = []) {
        self.folder = folder
        self.heads =
            heads.map { SignedHead(head: $0, isElsewhere: false) }
            + elsewhere.map { SignedHead(head: $0, isElsewhere: true) }
    }

    /// Walks the whole log; the findings in the order of their positions, none for a sound log.
    ///
    /// Throws when the system does not let the storage be read. O(bytes of the log), and O(events log events) for the
    /// indexes.
    ///
    /// - Parameter progress: called after each block with its last position and the head.
    public consuming func verify(progress: (Position, Position) -> Void = { _, _ in }) throws(LogError) -> [Finding] {
        do {
            try walk(progress)
        } catch .storage(let error) where error.saysDamage {
            note(.start, "the log's file cannot be read: \(error)")
        }
        return findings.sorted { $0.position < $1.position }
    }

    private mutating func walk(_ progress: (Position, Position) -> Void) throws(LogError) {
        let tables = try LogTables(folder, .readOnly)
        let blocks = try LogSnapshot(tables)
        let head = try blocks.lastBlock().flatMap { last in (try? blocks.block(from: last))?.last } ?? .start
        var chain = VerifiedChain()
        var tree = VerifiedTree(folder, heads)
        // Behind a bad block nobody knows who is one customer.
        var decisions: VerifiedDecisions? = VerifiedDecisions()
        var next = Position(1)
        while findings.count < Self.maxFindings, let first = try blocks.firstBlock(from: next) {
            if first != next { note(next, "positions \(next) to \(first.previous) are missing") }
            do {
                let block = try blocks.block(from: first)
                try block.checkEvents()
                findings += try chain.verify(block, try blocks.personal(beside: block))
                for index in 0..<block.count {
                    let event = block.event(index)
                    if let what = try decisions?.verify(event, strandsAfter: block.strandsAfter, in: blocks) {
                        note(event.position, "the decision does not hold: \(what)")
                    }
                }
                try findings += tree.verify(block)
                next = max(block.last.next, first.next)
            } catch .damaged(let position, let what) {
                note(position, what)
                // What follows the bad block is looked at as if the chain began there.
                chain.restart()
                decisions = nil
                tree.stop()
                next = first.next
            }
            progress(next.previous, head)
        }
        try findings += tree.finish(head)
        try findings += danglingPersonalValues(blocks)
        if findings.isEmpty { try findings += IndexVerifier(folder, blocks).verify() }
    }

    private mutating func note(_ position: Position, _ what: String) {
        findings.append(Finding(position: position, what: what))
    }

    /// Personal values without a block.
    private func danglingPersonalValues(_ blocks: LogSnapshot) throws(LogError) -> [Finding] {
        try blocks.personalKeysWithoutBlock().map { Finding(position: $0, what: "a personal value without its block") }
    }
}

/// How the log stood when somebody signed it, and whether that was kept elsewhere.
struct SignedHead {
    var head: TreeHead
    var isElsewhere: Bool
}
