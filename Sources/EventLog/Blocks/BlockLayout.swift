import Digests

/// Where the fields of a block and of its personal value lie, in bytes; drawn in ARCHITECTURE.md, section 4.
@usableFromInline enum BlockLayout {
    static let magic: UInt32 = 0x3142_4657  // "WFB1"
    static let version: UInt16 = 3
    /// A block is at most this long; its personal value is counted apart.
    static let maxByteCount = 512 * 1024
    /// About how many usual events are that long.
    static let usualMaxCount = 2_048
    /// Everything that one event stores is shorter than this.
    static let maxEventByteCount = 64 * 1024

    static let first = 8
    static let count = 16
    static let firstNewStrand = 20
    static let minTime = 24
    static let maxTime = 32
    static let strandsBefore = 40
    static let newStrands = 44
    static let dictionaryOffset = 48
    static let clearOffset = 52
    static let byteCount = 56
    static let personalByteCount = 60
    static let previousDigest = 64
    /// The headers begin here.
    @usableFromInline static let headers = 96
    /// The block's digest, and behind it the checksum of everything before.
    static let trailerByteCount = Digest256.byteCount + 8

    static let saltByteCount = 16

    /// One event's entry in IDENT.
    enum Identity {
        static let byteCount = 56
        static let identity = 0
        static let content = 16
        static let personalDigest = 24
    }

    /// A new strand in DICT.
    enum NewStrand {
        static let byteCount = 34
        static let kind = 0
        static let personalDigest = 2
    }

    enum Personal {
        static let magic: UInt32 = 0x3150_4657  // "WFP1"
        static let version: UInt16 = 1
        static let count = 8
        static let newStrands = 12
        static let offsets = 16
    }
}
