import CZstd
import Testing

@testable import Ingest

struct ZstdInflaterTests {
    /// A frame as zstd writes it.
    private static func frame(_ bytes: [UInt8], windowLog: Int32 = 0) -> [UInt8] {
        let context = ZSTD_createCCtx()
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog)
        // Streamed, so that the header tells the window and no length.
        return [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count) + 64) { target, count in
            var out = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
            bytes.withUnsafeBytes { source in
                var first = ZSTD_inBuffer(src: source.baseAddress, size: source.count / 2, pos: 0)
                ZSTD_compressStream2(context, &out, &first, ZSTD_e_continue)
                var all = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: source.count / 2)
                ZSTD_compressStream2(context, &out, &all, ZSTD_e_end)
            }
            count = out.pos
        }
    }

    private func inflate(_ bytes: [UInt8], chunk: Int) throws(InflateError) -> [UInt8] {
        var inflater = ZstdInflater()
        var output: [UInt8] = []
        for piece in pieces(of: bytes, chunk) {
            var rest = piece[...]
            while !rest.isEmpty || inflater.hasMore {
                let some = try inflater.next(of: &rest)
                #expect(some.count <= 1 << 16)
                output += some
            }
        }
        try inflater.finish()
        return output
    }

    @Test(arguments: [1, 3, 100, 1_000_000])
    func `frames behind each other are one text, however they are cut`(chunk: Int) throws {
        let text = (0..<5_000).flatMap { Array("event \($0 % 97)\n".utf8) }
        #expect(try inflate(Self.frame(text) + Self.frame(text), chunk: chunk) == text + text)
        #expect(try inflate([], chunk: chunk) == [])
    }

    @Test func `a stream that stops inside a frame, is damaged or is none is an error`() {
        let frame = Self.frame(Array("hello, hello, hello, hello".utf8))
        for length in 1..<frame.count {
            #expect(throws: InflateError.truncated) { try inflate(Array(frame.prefix(length)), chunk: 4) }
        }
        var damaged = frame
        damaged[frame.count - 1] ^= 1
        #expect(throws: InflateError.damaged) { try inflate(damaged, chunk: 1_000) }
        #expect(throws: InflateError.damaged) { try inflate(Array("{\"specversion\":\"1.0\"}".utf8), chunk: 1_000) }
        #expect(throws: InflateError.damaged) { try inflate(frame + [1, 2, 3, 4, 5], chunk: 1_000) }
    }

    @Test func `a few bytes that stand for very many are inflated in small pieces, in the memory that it tells`() throws
    {
        let long = [UInt8](repeating: 32, count: 20 << 20)
        let frame = Self.frame(long)
        #expect(frame.count < 4_000)
        var inflater = ZstdInflater()
        var rest = frame[...]
        var (count, held) = (0, 0)
        while !rest.isEmpty || inflater.hasMore {
            let piece = try inflater.next(of: &rest)
            #expect(piece.count <= 1 << 16)
            count += piece.count
            held = max(held, inflater.heldByteCount)
        }
        #expect(count == long.count)
        #expect(held < 3 << 20)
    }

    @Test func `a frame that looks back further than 8 MiB is not taken`() throws {
        let long = (0..<(9 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 7) }
        #expect(throws: InflateError.tooWide) { try inflate(Self.frame(long, windowLog: 27), chunk: 1 << 20) }
        #expect(try inflate(Self.frame(long, windowLog: 23), chunk: 1 << 20) == long)
    }
}
