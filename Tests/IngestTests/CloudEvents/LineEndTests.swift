import Testing

@testable import Ingest

struct LineEndTests {
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
}
