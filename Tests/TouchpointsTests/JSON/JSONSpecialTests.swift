import Testing

@testable import Touchpoints

struct JSONSpecialTests {
    /// Sixteen plain letters, one of them replaced.
    private static func piece(_ byte: UInt8, at place: Int) -> [UInt8] {
        var piece = [UInt8](repeating: UInt8(ascii: "a"), count: 16)
        piece[place] = byte
        return piece
    }

    private static let special = Set<UInt8>(0..<0x20).union(0x80...0xFF).union([0x22, 0x5C])

    @Test func `each byte is told from the others at each place`() {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<16 {
                let piece = Self.piece(byte, at: place)
                let expected: UInt32 = Self.special.contains(byte) ? 1 << UInt32(place) : 0
                #expect(JSONText.marks(piece.span.bytes, 0) == expected)
                #if arch(x86_64)
                #expect(JSONText.marksAtOnce(piece.span.bytes, 0) == expected)
                #endif
            }
        }
    }

    @Test(arguments: [0, 1, 15, 16, 17, 40, 200])
    func `the first one is found behind any number of others`(count: Int) {
        let text =
            [UInt8](repeating: UInt8(ascii: "a"), count: count) + [0x22, 0x5C] + [UInt8](repeating: 0, count: 16)
        for start in 0...count { #expect(JSONText.specialByte(in: text.span.bytes, from: start) == count) }
    }
}
