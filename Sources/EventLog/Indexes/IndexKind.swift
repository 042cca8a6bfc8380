/// The four indexes that are derived from the log.
enum IndexKind: UInt8, CaseIterable, Sendable {
    /// Identity of an event: its position.
    case identities = 1
    /// Hash of an alias: its strand.
    case aliases = 2
    /// Strand, time, sequence, position: the events of a strand in fold order.
    case histories = 3
    /// Position and act: what joined, split and voided. Read whole at opening.
    case decisions = 4

    /// How many 64-bit words a record has.
    var wordCount: Int { self == .histories ? 4 : 3 }
    /// How many records a chunk holds: with its checksum and LMDB's own 16 bytes it fills 16 pages.
    var recordsPerChunk: Int { 65_512 / (8 * wordCount) }
    var hasBloomFilter: Bool { self == .identities || self == .aliases }
}
