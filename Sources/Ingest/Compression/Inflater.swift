import CZlib

/// Inflates a gzip stream (RFC 1952), of one member or several behind each other, chunk by chunk.
///
/// The only pointers of this target are in this folder, around zlib and zstd.
public struct Inflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether a member was begun and not ended.
    private var isInside = false
    /// Whether there is more to come of what was taken already.
    public private(set) var hasMore = false
    private var output = [UInt8](repeating: 0, count: 1 << 16)

    public init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for "gzip header and trailer only".
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory or is another version")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Whether a file that begins with these bytes is gzipped.
    public static func isGzip(_ beginning: some Collection<UInt8>) -> Bool {
        beginning.prefix(2).elementsEqual([0x1F, 0x8B])
    }

    /// Inflates the next bytes; hands the result on in pieces of at most 64 KiB.
    public mutating func push(_ chunk: [UInt8], _ take: ([UInt8]) -> Void) throws(InflateError) {
        var rest = chunk[...]
        while !rest.isEmpty || hasMore {
            let piece = try next(of: &rest)
            if !piece.isEmpty { take(piece) }
        }
    }

    /// Inflates from the beginning of the input, which it takes away, until 64 KiB are full, the input is used up or a member
    /// ends: so a few bytes that stand for very many cost no more at a time.
    ///
    /// - Returns: what came of it; nothing where more input is needed.
    public mutating func next(of input: inout ArraySlice<UInt8>) throws(InflateError) -> [UInt8] {
        if !isInside {
            inflateReset(stream)
            isInside = true
        }
        let room = output.count
        let (status, used, left) = output.withUnsafeMutableBufferPointer { buffer in
            input.withUnsafeMutableBufferPointer { bytes in
                stream.pointee.next_in = bytes.baseAddress
                stream.pointee.avail_in = UInt32(bytes.count)
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(room)
                let status = inflate(stream, Z_NO_FLUSH)
                return (status, bytes.count - Int(stream.pointee.avail_in), Int(stream.pointee.avail_out))
            }
        }
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw .damaged }
        input = input.dropFirst(used)
        hasMore = status == Z_OK && left == 0
        if status == Z_STREAM_END { isInside = false }
        return Array(output[..<(room - left)])
    }

    /// Ends the stream; an error if it stops inside a member.
    public func finish() throws(InflateError) {
        if isInside { throw .truncated }
    }
}

/// Why a compressed stream cannot be read.
public enum InflateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not of the format, or its checksum does not fit.
    case damaged
    /// It ends inside a member or a frame.
    case truncated
    /// It wants more memory than it is given.
    case tooWide

    public var description: String {
        switch self {
        case .damaged: "the compressed data is damaged"
        case .truncated: "the compressed data ends too early"
        case .tooWide: "the compressed data needs a window of more than \(ZstdInflater.windowByteCount >> 20) MiB"
        }
    }
}
