import CZlib

/// Inflates a gzip stream (RFC 1952), of one member or several behind each other, chunk by chunk.
///
/// The only pointers of this target are here, around zlib.
public struct Inflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether a member was begun and not ended.
    private var isInside = false
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
        var failure: InflateError?
        var chunk = chunk
        chunk.withUnsafeMutableBufferPointer { bytes in
            stream.pointee.next_in = bytes.baseAddress
            stream.pointee.avail_in = UInt32(bytes.count)
            do throws(InflateError) {
                while stream.pointee.avail_in > 0 { try step(take) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Ends the stream; an error if it stops inside a member.
    public func finish() throws(InflateError) {
        if isInside { throw .truncated }
    }

    /// Inflates until the input is used up, the output is full or the member ends.
    private mutating func step(_ take: ([UInt8]) -> Void) throws(InflateError) {
        if !isInside {
            inflateReset(stream)
            isInside = true
        }
        var status = Z_OK
        repeat {
            let room = output.count
            let left = output.withUnsafeMutableBufferPointer { buffer in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(room)
                status = inflate(stream, Z_NO_FLUSH)
                return Int(stream.pointee.avail_out)
            }
            guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw .damaged }
            if left < room { take(Array(output[..<(room - left)])) }
        } while status == Z_OK && stream.pointee.avail_out == 0
        if status == Z_STREAM_END { isInside = false }
    }
}

/// Why a gzip stream cannot be read.
public enum InflateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not gzip, or its checksum does not fit.
    case damaged
    /// It ends inside a member.
    case truncated

    public var description: String {
        switch self {
        case .damaged: "the gzip data is damaged"
        case .truncated: "the gzip data ends too early"
        }
    }
}
