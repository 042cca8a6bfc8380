import Testing

@testable import Touchpoints

struct ByteBufferTests {
    @Test func `bytes, numbers and pieces stand one behind the other`() {
        var text = ByteBuffer()
        text.append("the event's id".utf8)
        var buffer = ByteBuffer()
        buffer.append(7)
        buffer.append(littleEndian: UInt32(0x0403_0201))
        buffer.append(text, 4..<9)
        buffer.append(littleEndian: UInt64(1) << 56)
        buffer.replace(littleEndian: 0x0807_0605, at: 1)
        #expect(Array(buffer.slice) == [7, 5, 6, 7, 8] + Array("event".utf8) + [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(buffer.count == buffer.span.count)
        buffer.removeAll()
        #expect(buffer.slice.isEmpty)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 255, 256, 257, 10_000])
    func `pieces of any length are copied whole`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var (source, copy) = (ByteBuffer(), ByteBuffer())
        source.append(bytes)
        for _ in 0..<3 { copy.append(source, 0..<count) }
        #expect(Array(copy.slice) == bytes + bytes + bytes)
    }

    @Test(arguments: [0x00, 0x1F, 0x7F] as [UInt8])
    func `a control character is seen where it stands, and not beyond the piece`(control: UInt8) {
        for place in 0..<40 {
            var buffer = ByteBuffer()
            buffer.append((0..<40).map { $0 == place ? control : $0 % 2 == 0 ? UInt8(ascii: "~") : 0xC3 })
            for end in 0...40 { #expect(buffer.hasControlCharacter(in: 0..<end) == (place < end)) }
            #expect(!buffer.hasControlCharacter(in: place + 1..<40))
        }
    }
}
