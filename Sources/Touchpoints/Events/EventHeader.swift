/// The fixed part of a stored event: everything that most folds need, 80 bytes, little-endian, drawn in ARCHITECTURE.md.
///
/// The headers of a block lie one behind the other, so that a scan touches nothing else.
public enum EventHeader {
    /// Bytes of one header.
    public static let byteCount = 80

    /// Where each field begins, in bytes.
    public enum Offset {
        public static let occurred = 0
        public static let recorded = 8
        public static let sequence = 16
        public static let session = 24
        public static let order = 32
        public static let amount = 40
        public static let currency = 48
        public static let strand = 52
        public static let type = 56
        public static let channel = 58
        public static let source = 60
        public static let actor = 62
        public static let flags = 64
        public static let clearLength = 66
        public static let clearOffset = 68
        public static let otherStrand = 72
        /// An ``IdentityDecision``, and two bytes 0.
        public static let decision = 76
    }

    /// What is true of an event beside its fields; two bytes of the header.
    public struct Flags: OptionSet, Hashable, Sendable, BitwiseCopyable {
        public var rawValue: UInt16
        @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// The log supplied the time, since the producer sent none: occurred is the recorded time.
        public static let timeSupplied = Flags(rawValue: 1 << 0)
        /// The recorded time was taken from the event (`--clock occurred`, first activations), not from a clock.
        public static let recordedAssumed = Flags(rawValue: 1 << 1)
        /// `amount` holds minor units of `currency`.
        public static let hasMoney = Flags(rawValue: 1 << 2)
        /// `amount` holds points.
        public static let hasPoints = Flags(rawValue: 1 << 3)
        /// Not a touchpoint, but folded (`profile.updated`, `consent.*`).
        public static let notTouchpoint = Flags(rawValue: 1 << 4)
        /// In timelines only, no projector folds it (`customer.*`, the engine family, `admin.*`).
        public static let recordOnly = Flags(rawValue: 1 << 5)
        /// Appended by `import --backfill`: fires no effects.
        public static let backfill = Flags(rawValue: 1 << 6)
    }
}
