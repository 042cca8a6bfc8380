import Digests
import Touchpoints

/// The rules that blocks keep, one after the other.
struct VerifiedChain: ~Copyable {
    private var sha256 = SHA256()
    /// Nil behind a block that could not be read: then the next one begins anew.
    private var previous: (digest: Digest256, clock: Timestamp, strands: UInt32)? = (.zero, .distantPast, 0)

    init() {}

    /// Goes on behind a block that was verified before.
    init(behind block: borrowing BlockView) { previous = (block.digest, block.clock, block.strandsAfter) }

    /// Takes the next block as the first one that can be trusted.
    mutating func restart() { previous = nil }

    /// What is wrong with a block whose lengths were checked.
    mutating func verify(
        _ block: borrowing BlockView, _ personal: borrowing PersonalView
    ) throws(LogError) -> [LogVerifier.Finding] {
        var findings: [LogVerifier.Finding] = []
        func note(_ what: String, at position: Position) {
            findings.append(LogVerifier.Finding(position: position, what: what))
        }
        sha256.update(block.digested)
        if sha256.finish() != block.digest { note("the block's bytes are not the ones of its digest", at: block.first) }
        if !block.isIntact { note("the block's bytes are not the ones of its checksum", at: block.first) }
        if let previous {
            if block.previousDigest != previous.digest { note("the chain of digests is broken", at: block.first) }
            if block.strandsBefore != previous.strands { note("the strands' numbers do not follow", at: block.first) }
        }
        if let slack = block.slack { note(slack.what, at: slack.position) }
        _ = try block.nameAdditions()
        var isAnyEmpty = false
        var clock = previous?.clock ?? .distantPast
        var times: (least: Timestamp, greatest: Timestamp) = (.distantFuture, .distantPast)
        for index in 0..<block.count {
            let event = block.event(index)
            if event.recorded < clock { note("the recorded time goes back", at: event.position) }
            clock = event.recorded
            times = (min(times.least, event.time), max(times.greatest, event.time))
            let entry = personal.eventEntry(index)
            guard !entry.isEmpty else {
                note("personal entry \(index) is empty, and nothing can erase yet", at: event.position)
                isAnyEmpty = true
                continue
            }
            sha256.update(entry)
            if sha256.finish() != block.personalDigest(index) {
                note("the personal part is not the one of its digest", at: event.position)
            }
        }
        for index in 0..<block.newStrandCount {
            let entry = personal.aliasEntry(index)
            guard !entry.isEmpty else {
                note("personal entry \(block.count + index) is empty, and nothing can erase yet", at: block.first)
                isAnyEmpty = true
                continue
            }
            sha256.update(entry)
            if sha256.finish() != block.aliasDigest(index) {
                let strand = UInt64(block.strandsBefore) + UInt64(index) + 1
                note("the alias of strand \(strand) is not the one of its digest", at: block.first)
            }
        }
        // Under the digest stands the length when written; emptied entries make the value shorter, nothing else does.
        let length = personal.bytes.byteCount
        if isAnyEmpty ? length >= block.personalByteCount : length != block.personalByteCount {
            note("the personal value has not the length that its block names", at: block.first)
        }
        if block.times != times.least...max(times.least, times.greatest) {
            note("the block's times are not those of its events", at: block.first)
        }
        previous = (block.digest, clock, block.strandsAfter)
        return findings
    }
}
