import Testing
import Touchpoints

@Suite struct RFC3339Tests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01t00:00:00z", 0),
            ("2024-03-13T10:21:14Z", 1_710_325_274_000_000),
            ("2024-03-13T10:21:14.5Z", 1_710_325_274_500_000),
            ("2024-03-13T10:21:14.123456789Z", 1_710_325_274_123_456),
            ("2024-03-13T10:21:14.9999999Z", 1_710_325_274_999_999),
            ("2024-03-13T11:21:14+01:00", 1_710_325_274_000_000),
            ("2024-03-12T22:36:14.001-11:45", 1_710_325_274_001_000),
            ("1969-12-31T23:59:59.999999-00:00", -1),
            ("2000-02-29T00:00:00Z", 951_782_400_000_000),
            ("1997-01-01T00:00:00+23:59", 851_990_460_000_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
            ("2016-12-31T23:59:60Z", 1_483_228_799_999_999),
            ("2017-01-01T00:59:60.25+01:00", 1_483_228_799_999_999),
        ] as [(String, Int64)])
    func `a time becomes microseconds`(text: String, micros: Int64) throws {
        #expect(try Timestamp(rfc3339: text).rawValue == micros)
    }

    @Test(
        arguments: [
            ("", TimestampError.form), ("2024-03-13", .form), ("2024-03-13 10:21:14Z", .form),
            ("2024-3-13T10:21:14Z0", .form),
            ("2024-03-13T10:21:14.Z", .form), ("2024-03-13T10:21:14Zx", .form), ("2024-03-13T10:21:14+0100", .form),
            ("2024-03-13T10:21:14+01:0x", .form), ("2024-03-13T10:21:1:Z", .form), ("+024-03-13T10:21:14Z", .form),
            ("2024-03-13T10:21:14", .offsetMissing), ("2024-03-13T10:21:14.5", .offsetMissing),
            ("2024-02-30T10:21:14Z", .date), ("2023-02-29T10:21:14Z", .date), ("2024-13-01T10:21:14Z", .date),
            ("2024-00-01T10:21:14Z", .date), ("2024-01-00T10:21:14Z", .date), ("1900-02-29T00:00:00Z", .date),
            ("2024-03-13T24:00:00Z", .timeOfDay), ("2024-03-13T10:60:00Z", .timeOfDay),
            ("2024-03-13T10:21:60Z", .timeOfDay), ("2024-03-13T10:21:61Z", .timeOfDay),
            ("2024-03-13T10:21:14+24:00", .offset), ("2024-03-13T10:21:14+00:60", .offset),
            ("0000-01-01T00:00:00Z", .range), ("0001-01-01T00:00:00+00:01", .range),
            ("9999-12-31T23:59:59-00:01", .range),
        ] as [(String, TimestampError)])
    func `what is not a time is refused with the reason`(text: String, reason: TimestampError) {
        #expect(throws: reason) { try Timestamp(rfc3339: text) }
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_710_325_274_000_000, "2024-03-13T10:21:14Z"),
            (1_710_325_274_050_000, "2024-03-13T10:21:14.050Z"), (1_710_325_274_000_007, "2024-03-13T10:21:14.000007Z"),
            (-1, "1969-12-31T23:59:59.999999Z"), (-62_135_596_800_000_000, "0001-01-01T00:00:00Z"),
        ] as [(Int64, String)])
    func `it is written in UTC with as few digits as it needs`(micros: Int64, text: String) {
        #expect("\(Timestamp(rawValue: micros))" == text)
    }

    @Test(arguments: 1...20)
    func `what is written reads back`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<500 {
            let time = Timestamp(
                rawValue: Int64.random(in: Timestamp.earliest.rawValue...Timestamp.latest.rawValue, using: &random))
            #expect(try Timestamp(rfc3339: time.description) == time)
        }
    }
}

/// Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators" (2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
