import CZstd

/// Inflates a stream of Zstandard (RFC 8878), of one frame or several behind each other, chunk by chunk.
public struct ZstdInflater: ~Copyable {
    /// The most that a frame may look back: what every reader of HTTP bodies must have room for (RFC 9659), and no more.
    static let windowByteCount = 8 << 20

    private let context: OpaquePointer
    /// Whether a frame was begun and not ended.
    private var isInside = false
    /// Whether there is more to come of what was taken already.
    public private(set) var hasMore = false
    private var output = [UInt8](repeating: 0, count: 1 << 16)

    public init() {
        guard let context = ZSTD_createDCtx() else { preconditionFailure("zstd has no memory") }
        self.context = context
        let status = ZSTD_DCtx_setParameter(
            context, ZSTD_d_windowLogMax, Int32(Self.windowByteCount.trailingZeroBitCount))
        precondition(ZSTD_isError(status) == 0, "zstd knows no such window")
    }

    deinit { ZSTD_freeDCtx(context) }

    /// The bytes that it holds now: a frame's window is there from its header on.
    public var heldByteCount: Int { ZSTD_sizeof_DCtx(context) }

    /// Inflates from the beginning of the input, which it takes away, until 64 KiB are full, the input is used up or a frame
    /// ends: so a few bytes that stand for very many cost no more at a time.
    ///
    /// - Returns: what came of it; nothing where more input is needed.
    public mutating func next(of input: inout ArraySlice<UInt8>) throws(InflateError) -> [UInt8] {
        let room = output.count
        let (status, used, made) = output.withUnsafeMutableBytes { buffer in
            input.withUnsafeBytes { bytes in
                var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
                var target = ZSTD_outBuffer(dst: buffer.baseAddress, size: room, pos: 0)
                let status = ZSTD_decompressStream(context, &target, &source)
                return (status, source.pos, target.pos)
            }
        }
        guard ZSTD_isError(status) == 0 else {
            throw ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge ? .tooWide : .damaged
        }
        input = input.dropFirst(used)
        isInside = status != 0
        hasMore = isInside && made == room
        return Array(output[..<made])
    }

    /// Ends the stream; an error if it stops inside a frame.
    public func finish() throws(InflateError) {
        if isInside { throw .truncated }
    }
}
