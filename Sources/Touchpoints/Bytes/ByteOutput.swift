/// Writes bytes one behind the other into memory that is there already: a store each, no growth, no uniqueness check.
struct ByteOutput: ~Copyable, ~Escapable {
    private var bytes: MutableRawSpan
    /// Where the next byte goes.
    private(set) var at: Int

    /// - Parameter bytes: room for all that is written, and ``ByteBuffer/slack``.
    @_lifetime(copy bytes)
    init(_ bytes: consuming MutableRawSpan, at start: Int) {
        self.bytes = bytes
        at = start
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        bytes.storeBytes(of: byte, toByteOffset: at, as: UInt8.self)
        at &+= 1
    }

    /// Appends a piece of other bytes, behind which ``ByteBuffer/slack`` bytes can be read.
    @inline(__always)
    mutating func append(_ source: RawSpan, _ range: Range<Int>) {
        var offset = 0
        let count = range.upperBound &- range.lowerBound
        repeat {
            let piece = unsafe source.unsafeLoadUnaligned(
                fromByteOffset: range.lowerBound &+ offset, as: SIMD16<UInt8>.self)
            bytes.storeBytes(of: piece, toByteOffset: at &+ offset, as: SIMD16<UInt8>.self)
            offset &+= 16
        } while offset < count
        at &+= count
    }

    mutating func append(_ text: [UInt8]) {
        for byte in text { append(byte) }
    }
}
