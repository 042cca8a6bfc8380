import Digests
import LMDB
import Touchpoints

/// Brings a copy of a log to the log's head: the same blocks and personal values under the same keys.
///
/// Only what the copy does not hold yet is read. Each block is held against its digests and the chain before it is written,
/// and against its checksum where it then lies. Blocks are committed 16 MiB at a time, so a copy that is interrupted is a whole
/// copy of a shorter log, and the next one goes on there.
struct LogCopy {
    /// What a run has done.
    struct Outcome {
        /// The copy's last position before, and the log's head, which is the copy's last now.
        var positions: (before: Position, head: Position)
        var byteCount = 0
    }

    private static let commitBytes = 16 << 20

    let source: LogSnapshot
    let target: LogTables

    /// - Parameters:
    ///   - source: read as it is at this moment, also while it is appended to.
    ///   - target: a folder of the caller's alone.
    init(from source: DataFolder, to target: DataFolder) throws(LogError) {
        self.source = try LogSnapshot(LogTables(source, .readOnly))
        self.target = try LogTables(target, .readWrite)
    }

    /// Copies; O(bytes that are new), in memory a list of the blocks of one commit.
    ///
    /// - Parameter progress: called after each commit with the last position copied, and the head.
    /// - Throws: `damaged` at the first bad block, which is not copied; `folder` where the copy holds what the log does not.
    func run(progress: (Position, Position) -> Void = { _, _ in }) throws(LogError) -> Outcome {
        let source = source
        var head = Position.start
        if let last = try source.lastBlock() { head = try source.block(from: last).last }
        var chain = VerifiedChain()
        var next = Position(1)
        let copied = try LogSnapshot(target)
        if let last = try copied.lastBlock() {
            let block = try copied.block(from: last)
            try checkAgreement(of: block)
            chain = VerifiedChain(behind: block)
            next = block.last.next
        }
        var outcome = Outcome(positions: (next.previous, head))
        while next <= head {
            let firsts = try verified(from: &next, &chain, &outcome.byteCount)
            try write(firsts)
            try check(firsts)
            progress(next.previous, head)
        }
        return outcome
    }

    /// Whether the log has the copy's last block, too: then, by the chain, all before it.
    private func checkAgreement(of block: borrowing BlockView) throws(LogError) {
        let source = source
        let own: Digest256?
        do { own = try source.block(from: block.first).digest } catch .damaged { own = nil }
        guard own == block.digest else {
            throw .folder(
                "it holds events up to position \(block.last) that are not those of this log: take another folder")
        }
    }

    /// The first positions of the next blocks, which are good.
    private func verified(
        from next: inout Position, _ chain: inout VerifiedChain, _ byteCount: inout Int
    ) throws(LogError) -> [Position] {
        let source = source
        var firsts: [Position] = []
        var taken = 0
        while taken < Self.commitBytes, let first = try source.firstBlock(from: next) {
            guard first == next else { throw .damaged(next, "positions \(next) to \(first.previous) are missing") }
            let block = try source.block(from: first)
            try block.checkEvents()
            let personal = try source.personal(beside: block)
            if let finding = try chain.verify(block, personal).first { throw .damaged(finding.position, finding.what) }
            firsts.append(first)
            taken += block.bytes.byteCount + personal.bytes.byteCount
            next = block.last.next
        }
        byteCount += taken
        return firsts
    }

    private func write(_ firsts: [Position]) throws(LogError) {
        let (source, target) = (source, target)
        do {
            try target.environment.write { transaction in
                for first in firsts {
                    let block = try source.block(from: first)
                    try transaction.append(block.bytes, for: first.rawValue, in: target.blocks)
                    let personal = try source.personal(beside: block)
                    try transaction.append(personal.bytes, for: first.rawValue, in: target.personal)
                }
            }
        } catch let error as LogError {
            throw error
        } catch let error as LMDBError {
            throw .storage(error)
        } catch {
            preconditionFailure("a write throws what it is given or LMDBError: \(error)")
        }
    }

    /// Reads what was written, and holds it against its checksums.
    private func check(_ firsts: [Position]) throws(LogError) {
        let copied = try LogSnapshot(target)
        for first in firsts {
            let block = try copied.block(from: first)
            guard block.isIntact else { throw .damaged(first, "the copy is not what was written") }
            _ = try copied.personal(beside: block)
        }
    }
}
