import Testing

@testable import Ingest

struct ByteSearchTests {
    @Test func `the first line feed is found wherever it stands`() {
        for count in 0...150 {
            let plain = [UInt8](repeating: UInt8(ascii: "\r"), count: count)
            #expect(plain[...].firstLineFeed() == nil)
            for place in 0..<count {
                var bytes = plain
                bytes[place] = UInt8(ascii: "\n")
                bytes[count - 1] = UInt8(ascii: "\n")
                #expect(bytes[...].firstLineFeed() == place)
                #expect(bytes[(place + 1)...].firstLineFeed() == (place + 1 < count ? count - 1 : nil))
            }
        }
    }

    @Test(arguments: [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "\n")])
    func `plain text ends where a byte with a meaning stands, and nowhere else`(mark: UInt8) {
        let others = [UInt8](0...255).filter { ![0x22, 0x5C, 0x0A].contains($0) }
        for count in 0...80 {
            let plain = (0..<count).map { others[($0 * 37 + count) % others.count] }
            #expect(plain[...].endOfPlainText(from: 0) == count)
            for place in 0..<count {
                var bytes = plain
                bytes[place] = mark
                #expect(bytes[...].endOfPlainText(from: 0) == place)
                #expect(bytes[(place / 2)...].endOfPlainText(from: place) == place)
                #expect(bytes[...].endOfPlainText(from: place + 1) == count)
            }
        }
        #expect(others[...].endOfPlainText(from: 0) == others.count)
    }
}
