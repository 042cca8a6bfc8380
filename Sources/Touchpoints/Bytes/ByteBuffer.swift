/// Bytes that are written one behind the other and thrown away together: scratch memory that is kept from one use to
/// the next. It has one owner, so that a write asks nobody whether others hold the memory, too.
public struct ByteBuffer: ~Copyable, @unchecked Sendable {
    /// How many bytes can be read and written behind the last one, so that pieces can be copied sixteen bytes at a time.
    @usableFromInline static let slack = 16

    /// What lies behind `count` means nothing.
    @usableFromInline var memory: UnsafeMutablePointer<UInt8>
    /// Bytes that can be written, without the slack.
    @usableFromInline var capacity: Int
    public internal(set) var count = 0

    public init() {
        capacity = 240
        memory = Self.zeros(capacity)
    }

    deinit { memory.deallocate() }

    public mutating func removeAll() { count = 0 }

    /// Makes room for so many bytes more.
    @inline(__always)
    public mutating func reserve(_ more: Int) {
        if count &+ more > capacity { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let old = memory
        capacity = 2 * (count + more)
        memory = Self.zeros(capacity)
        memory.update(from: old, count: count)
        old.deallocate()
    }

    private static func zeros(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + slack)
        memory.initialize(repeating: 0, count: capacity + slack)
        return memory
    }

    /// The bytes.
    public var span: Span<UInt8> {
        @_lifetime(borrow self) get {
            let span = unsafe Span(_unsafeStart: memory, count: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// The bytes, and room behind them.
    var roomy: RawSpan {
        @_lifetime(borrow self) get {
            let span = unsafe RawSpan(_unsafeStart: memory, byteCount: count &+ Self.slack)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// A piece of the bytes, copied.
    public subscript(_ range: Range<Int>) -> [UInt8] {
        precondition(range.upperBound <= count, "beyond the bytes")
        return Array(UnsafeBufferPointer(start: memory + range.lowerBound, count: range.count))
    }

    /// The bytes, copied.
    public var copied: [UInt8] { self[0..<count] }

    /// Appends the bytes to an array.
    func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: memory, count: count))
    }
}

/// Writing.
extension ByteBuffer {
    @inline(__always)
    public mutating func append(_ byte: UInt8) {
        reserve(1)
        memory[count] = byte
        count &+= 1
    }

    @inline(__always)
    public mutating func append(littleEndian number: some FixedWidthInteger & BitwiseCopyable) {
        let size = number.bitWidth / 8
        reserve(size)
        count &+= size
        replace(littleEndian: number, at: count &- size)
    }

    /// Writes over the bytes at `offset`.
    @inline(__always)
    public mutating func replace<Number: FixedWidthInteger & BitwiseCopyable>(
        littleEndian number: Number, at offset: Int
    ) {
        precondition(offset >= 0 && offset &+ number.bitWidth / 8 <= count, "beyond the bytes")
        let place = UnsafeMutableRawPointer(memory + offset)
        place.storeBytes(of: number.littleEndian, as: Number.self)
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
        let pieceCount = range.upperBound &- range.lowerBound
        reserve(pieceCount)
        let target = UnsafeMutableRawPointer(memory + count)
        var offset = 0
        repeat {
            let sixteen = unsafe source.unsafeLoadUnaligned(
                fromByteOffset: range.lowerBound &+ offset, as: SIMD16<UInt8>.self)
            target.storeBytes(of: sixteen, toByteOffset: offset, as: SIMD16<UInt8>.self)
            offset &+= 16
        } while offset < pieceCount
        count &+= pieceCount
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
