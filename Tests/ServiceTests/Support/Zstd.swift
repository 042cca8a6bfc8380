import CZstd

/// Makes Zstandard, which the service only reads.
enum Zstd {
    /// One frame, whose header tells the window and no length.
    static func frame(_ bytes: [UInt8], windowLog: Int32 = 0) -> [UInt8] {
        let context = ZSTD_createCCtx()
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog)
        return [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count) + 64) { target, count in
            var out = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
            bytes.withUnsafeBytes { source in
                var first = ZSTD_inBuffer(src: source.baseAddress, size: source.count / 2, pos: 0)
                ZSTD_compressStream2(context, &out, &first, ZSTD_e_continue)
                var all = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: first.pos)
                ZSTD_compressStream2(context, &out, &all, ZSTD_e_end)
            }
            count = out.pos
        }
    }
}
