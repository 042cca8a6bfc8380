import Testing

@testable import Touchpoints

struct ByteBufferTextTests {
    private func text(_ write: (inout ByteBuffer) -> Void) -> String {
        var buffer = ByteBuffer()
        write(&buffer)
        return String(decoding: buffer.copied, as: UTF8.self)
    }

    @Test func `whole numbers are written as everybody writes them`() {
        var numbers: [UInt64] = [0, 99, 100, 9_999, 10_000, 99_999_999, 100_000_000, 9_999_999_999_999_999, .max]
        for shift in 0..<64 { numbers += [1 << UInt64(shift), (1 << UInt64(shift)) &- 1] }
        for number in numbers {
            #expect(text { $0.append(decimal: number) } == "\(number)")
            let signed = Int64(truncatingIfNeeded: number)
            #expect(text { $0.append(decimal: signed) } == "\(signed)")
            #expect(text { $0.append(decimal: 0 &- signed) } == "\(0 &- signed)")
        }
        #expect(
            (UInt64(0)..<20_000).allSatisfy { number in
                text { $0.append(decimal: number * 7_919) } == "\(number * 7_919)"
            })
    }

    @Test func `hashes are written as hexadecimal digits`() {
        #expect(text { $0.append(hexadecimal: 0x0123_4567_89AB_CDEF) } == "0123456789abcdef")
        #expect(text { $0.append(hexadecimal: 0x00F0_0000_0000_000A) } == "00f000000000000a")
        let bytes: [UInt8] = [0x00, 0x9A, 0xFF, 0x10, 0xAB, 0x05, 0x50, 0xC3]
        #expect(text { $0.append(hexadecimal: bytes.span.bytes) } == "009aff10ab0550c3")
    }

    @Test(arguments: ["", "a", "seventeen letters", "\"", "a\\b", "line\nbreak", "é — ü", "\u{1}"])
    func `a text is written as canonical JSON has it`(plain: String) {
        var expected: [UInt8] = []
        CanonicalJSON.append(string: plain.utf8, to: &expected)
        let utf8 = Array(plain.utf8)
        #expect(text { $0.append(string: utf8.span.bytes) } == String(decoding: expected, as: UTF8.self))
        #expect(text { $0.append(bytes: utf8) } == plain)
    }
}
