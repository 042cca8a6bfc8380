import Testing

@testable import Touchpoints

@Suite struct TZifTests {
    @Test(arguments: ZoneSample.all)
    func `offsets are those that zoneinfo gives`(sample: ZoneSample) throws {
        let table = try sample.table()
        for pair in sample.offsets {
            #expect(
                table.offset(at: Timestamp(microseconds: pair[0] * 1_000_000)) == .seconds(pair[1]), "second \(pair[0])"
            )
        }
    }

    @Test func `a file cut off anywhere is refused, never read as something else`() throws {
        let bytes = Array(try ZoneSample.named("Africa/Casablanca").file)
        for count in 0..<bytes.count {
            #expect(throws: TZifError.self) { try ZoneTable(tzif: Array(bytes.prefix(count)), name: "Z") }
        }
    }

    @Test(arguments: 1...20)
    func `damaged bytes are refused or read, but never trap`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let intact = Array(try ZoneSample.named("America/New_York").file)
        var refused = 0
        for _ in 0..<100 {
            var bytes = intact
            for _ in 0..<3 {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            do { _ = try ZoneTable(tzif: bytes, name: "Z") } catch { refused += 1 }
        }
        #expect(refused > 0)
    }

    @Test func `a file of version 1 is refused, one without a rule keeps its last offset`() throws {
        var bytes = Array(try ZoneSample.named("Europe/Berlin").file)
        let rule = try #require(bytes.lastIndex(of: UInt8(ascii: "C")).flatMap { bytes[..<$0].lastIndex(of: 10) })
        let withoutRule = try ZoneTable(tzif: Array(bytes[...rule]) + [10], name: "Z")
        #expect(withoutRule.offset(at: try Timestamp(rfc3339: "2024-07-01T00:00:00Z")) == .hours(2))
        #expect(withoutRule.offset(at: try Timestamp(rfc3339: "2050-07-01T00:00:00Z")) == .hours(1))
        bytes[4] = 0
        #expect(throws: TZifError.notTZif) { try ZoneTable(tzif: bytes, name: "Z") }
    }

    @Test func `after the last year of the table its last offset holds`() throws {
        let sample = try ZoneSample.named("Europe/Berlin")
        let short = try ZoneTable(tzif: Array(sample.file), name: sample.name, until: 2040)
        #expect(short.offset(at: try Timestamp(rfc3339: "2040-07-01T00:00:00Z")) == .hours(2))
        #expect(short.offset(at: try Timestamp(rfc3339: "2041-07-01T00:00:00Z")) == .hours(1))
    }
}

@Suite struct POSIXZoneRuleTests {
    @Test(
        arguments: [
            ("CET-1CEST,M3.5.0,M10.5.0/3", 2024, [1_711_846_800, 7_200, 1_729_990_800, 3_600]),
            ("EST5EDT,M3.2.0,M11.1.0", 2024, [1_710_054_000, -14_400, 1_730_613_600, -18_000]),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", 2024, [1_711_846_800, 3_600, 1_729_990_800, 0]),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2024, [1_711_846_800, -3_600, 1_729_990_800, -7_200]),
            ("EET-2EEST,J60,J300", 2024, [1_709_251_200, 10_800, 1_729_983_600, 7_200]),
            ("EET-2EEST,59,299", 2024, [1_709_164_800, 10_800, 1_729_897_200, 7_200]),
            ("XXX3EDT4,0/0,J365/23", 2024, [1_704_078_000, -14_400]),
            ("UTC0", 2024, []),
        ] as [(String, Int, [Int64])])
    func `a rule gives the changes of a year`(text: String, year: Int, expected: [Int64]) throws {
        let rule = try #require(POSIXZoneRule(text))
        #expect(rule.transitions(in: year).flatMap { [$0.seconds, Int64($0.offset)] } == expected)
    }

    @Test(arguments: [
        "", "C-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J5", "CET-1CEST,366,5", "CET-200", "CET-30", "<CET-1",
        "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1:60",
    ])
    func `a rule that cannot be read is nil`(text: String) {
        #expect(POSIXZoneRule(text) == nil)
    }
}
