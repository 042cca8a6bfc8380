import Testing
import Touchpoints

@Suite struct ZoneTableTextTests {
    @Test(arguments: ZoneSample.all)
    func `a table reads back from its text, which is small`(sample: ZoneSample) throws {
        let table = try sample.table()
        #expect(try ZoneTable(encoded: table.encoded) == table)
        #expect(table.encoded.utf8.count < 8_192)
    }

    @Test func `the text is readable`() throws {
        #expect(ZoneTable.utc.encoded == "UTC 0")
        #expect(
            try ZoneSample.named("Asia/Kathmandu").table().encoded
                == "Asia/Kathmandu 20476 -1577943676:19800 2082845476:20700")
    }

    @Test(arguments: [
        "", "UTC", " 0", "UTC x", "UTC 93600", "UTC -9223372036854775808", "A/B 0 5", "A/B 0 5:x", "A/B 0 5:3600 0:0",
        "A/B 0 5:3600 -1:0", "A/B 0 9223372036854775807:3600", "A/B 0 5:3600 9223372036854775807:0", "A/B 0  5:3600",
    ])
    func `other text is refused`(text: String) {
        #expect(throws: ZoneTableTextError.self) { try ZoneTable(encoded: text) }
    }
}
