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
        buffer.replace(littleEndian: UInt32(0x0807_0605), at: 1)
        let bytes = buffer.copied
        #expect(bytes == [7, 5, 6, 7, 8] + Array("event".utf8) + [0, 0, 0, 0, 0, 0, 0, 1])
        let (count, spanCount) = (buffer.count, buffer.span.count)
        #expect(count == spanCount)
        buffer.removeAll()
        let isEmpty = buffer.span.isEmpty
        #expect(isEmpty)
    }

    @Test func `what is appended to an array stands behind what was there`() {
        var buffer = ByteBuffer()
        buffer.append(2...9)
        var array: [UInt8] = [1]
        buffer.append(to: &array)
        #expect(array == Array(1...9))
        let piece = buffer[2..<4]
        #expect(piece == [4, 5])
    }

    @Test(arguments: [0, 1, 15, 16, 17, 255, 256, 257, 10_000])
    func `pieces of any length are copied whole`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var source = ByteBuffer()
        var copy = ByteBuffer()
        source.append(bytes)
        for _ in 0..<3 { copy.append(source, 0..<count) }
        let copied = copy.copied
        #expect(copied == bytes + bytes + bytes)
    }

    @Test(arguments: [0x00, 0x1F, 0x7F] as [UInt8])
    func `a control character is seen where it stands, and not beyond the piece`(control: UInt8) {
        for place in 0..<40 {
            var buffer = ByteBuffer()
            buffer.append((0..<40).map { $0 == place ? control : $0 % 2 == 0 ? UInt8(ascii: "~") : 0xC3 })
            for end in 0...40 {
                let isSeen = buffer.hasControlCharacter(in: 0..<end)
                #expect(isSeen == (place < end))
            }
            let isSeenBehind = buffer.hasControlCharacter(in: place + 1..<40)
            #expect(!isSeenBehind)
        }
    }
}
