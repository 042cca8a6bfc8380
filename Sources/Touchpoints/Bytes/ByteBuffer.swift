/// Bytes that are written one behind the other and thrown away together: scratch memory that is kept from one use to
/// the next, cheaper to write in small pieces than an array.
public struct ByteBuffer: Sendable {
    /// How many bytes can be read and written behind the last one, so that pieces can be copied sixteen bytes at a time.
    @usableFromInline static let slack = 16

    /// What lies behind `end` means nothing.
    @usableFromInline var storage = [UInt8](repeating: 0, count: 256)
    @usableFromInline var end = 0

    @inlinable public var count: Int { end }

    public init() {}

    @inlinable public mutating func removeAll() { end = 0 }

    /// Makes room for so many bytes more.
    @inlinable @inline(__always)
    public mutating func reserve(_ more: Int) {
        if count &+ more &+ Self.slack > storage.count { grow(more) }
    }

    @usableFromInline mutating func grow(_ more: Int) {
        let missing = 2 * (count + more + Self.slack) - storage.count
        storage.append(contentsOf: repeatElement(0, count: missing))
    }

    /// The bytes.
    public var span: Span<UInt8> {
        @_lifetime(borrow self) get { storage.span.extracting(0..<count) }
    }

    /// The bytes, and room behind them.
    var roomy: RawSpan {
        @_lifetime(borrow self) get { storage.span.bytes }
    }

    public subscript(_ range: Range<Int>) -> ArraySlice<UInt8> { storage[range] }

    /// All of the bytes.
    public var slice: ArraySlice<UInt8> { storage[..<count] }
}

/// Writing.
extension ByteBuffer {
    @inlinable @inline(__always)
    public mutating func append(_ byte: UInt8) {
        reserve(1)
        storage[count] = byte
        end &+= 1
    }

    @inlinable @inline(__always)
    public mutating func append(littleEndian number: UInt32) {
        reserve(4)
        replace(littleEndian: number, at: count)
        end &+= 4
    }

    /// Writes four bytes over those at `offset`.
    @inlinable @inline(__always)
    public mutating func replace(littleEndian number: UInt32, at offset: Int) {
        var span = storage.mutableSpan
        var bytes = span.mutableBytes
        bytes.storeBytes(of: number.littleEndian, toByteOffset: offset, as: UInt32.self)
    }

    @inline(__always)
    public mutating func append(littleEndian number: UInt64) {
        append(littleEndian: UInt32(truncatingIfNeeded: number))
        append(littleEndian: UInt32(truncatingIfNeeded: number >> 32))
    }

    public mutating func append(_ bytes: some Collection<UInt8>) {
        reserve(bytes.count)
        for byte in bytes { append(byte) }
    }

    /// Appends a piece of another buffer.
    @inline(__always)
    public mutating func append(_ other: borrowing ByteBuffer, _ range: Range<Int>) {
        append(roomy: other.roomy, range)
    }

    /// Appends a piece of bytes behind which ``slack`` bytes can be read.
    @inline(__always)
    mutating func append(roomy source: RawSpan, _ range: Range<Int>) {
        write(atMost: range.count) { $0.append(source, range) }
    }

    /// Lets `body` append so many bytes at most.
    @inline(__always)
    mutating func write(atMost more: Int, _ body: (inout ByteOutput) -> Void) {
        reserve(more)
        let start = count
        var span = storage.mutableSpan
        var output = ByteOutput(span.mutableBytes, at: start)
        body(&output)
        let end = output.at
        self.end = end
    }
}

/// Reading.
extension ByteBuffer {
    /// Whether a piece holds a control character, below U+0020 or U+007F.
    @inline(__always)
    public func hasControlCharacter(in range: Range<Int>) -> Bool {
        let bytes = roomy
        var i = range.lowerBound
        while i < range.upperBound {
            let piece = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: i, as: SIMD16<UInt8>.self)
            let control = (piece &- SIMD16(repeating: 0x20)) & ~piece
            let delete =
                ((piece ^ SIMD16(repeating: 0x7F)) &- SIMD16(repeating: 1)) & ~(piece ^ SIMD16(repeating: 0x7F))
            let words = unsafe unsafeBitCast((control | delete) & SIMD16(repeating: 0x80), to: SIMD2<UInt64>.self)
            if words[0] != 0 { return i &+ words[0].trailingZeroBitCount &>> 3 < range.upperBound }
            if words[1] != 0 { return i &+ 8 &+ words[1].trailingZeroBitCount &>> 3 < range.upperBound }
            i &+= 16
        }
        return false
    }
}
