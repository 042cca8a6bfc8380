import Testing

@testable import Ingest

struct InflaterTests {
    /// `hello ` and `world`, each written by `gzip -n`.
    private static let hello: [UInt8] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0x00, 0x00,
        0xf6, 0xf9, 0x81, 0xed, 0x06, 0x00, 0x00, 0x00,
    ]
    private static let world: [UInt8] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x2b, 0xcf, 0x2f, 0xca, 0x49, 0x01, 0x00, 0x43,
        0x11, 0x77, 0x3a, 0x05, 0x00, 0x00, 0x00,
    ]

    private func inflate(_ bytes: [UInt8], chunk: Int) throws(InflateError) -> String {
        var inflater = Inflater()
        var output: [UInt8] = []
        for piece in pieces(of: bytes, chunk) { try inflater.push(piece) { output += $0 } }
        try inflater.finish()
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [1, 2, 7, 20, 1000])
    func `members behind each other are one text, however they are cut`(chunk: Int) throws {
        #expect(try inflate(Self.hello + Self.world, chunk: chunk) == "hello world")
    }

    @Test(arguments: 1..<26)
    func `a stream that stops inside a member is an error`(length: Int) {
        #expect(throws: InflateError.truncated) { try inflate(Array(Self.hello.prefix(length)), chunk: 4) }
    }

    @Test func `a damaged stream is an error`() {
        var bytes = Self.hello
        bytes[20] ^= 0x40
        #expect(throws: InflateError.damaged) { try inflate(bytes, chunk: 1000) }
        #expect(throws: InflateError.damaged) { try inflate(Self.hello + [1, 2, 3], chunk: 1000) }
    }

    @Test func `nothing inflates to nothing`() throws {
        #expect(try inflate([], chunk: 1) == "")
    }

    @Test func `gzip is told by its first bytes`() {
        #expect(Inflater.isGzip(Self.hello))
        #expect(!Inflater.isGzip([0x1F]))
        #expect(!Inflater.isGzip("{}".utf8))
    }
}
