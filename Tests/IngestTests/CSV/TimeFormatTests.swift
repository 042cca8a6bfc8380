import Testing
import Touchpoints

@testable import Ingest

struct TimeFormatTests {
    /// One hour ahead of UTC, without summer time.
    private static let zone = try! ZoneTable(encoded: "Test/East 3600")

    @Test(arguments: [
        ("rfc3339", "2024-03-13T11:21:14+01:00", "2024-03-13T10:21:14Z"),
        ("yyyy-MM-dd HH:mm:ss", "2024-03-13 10:21:14", "2024-03-13T09:21:14Z"),
        ("yyyyMMdd", "19970101", "1996-12-31T23:00:00Z"), ("d.M.yyyy H:mm", "1.12.2024 9:05", "2024-12-01T08:05:00Z"),
        ("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2024-01-02T03:04:05.678-0230", "2024-01-02T05:34:05.678Z"),
        ("yyyy-MM-dd HH:mm:ssXXX", "2024-01-02 03:04:05Z", "2024-01-02T03:04:05Z"),
        ("unixSeconds", "1710325274", "2024-03-13T10:21:14Z"), ("unixSeconds", "0.5", "1970-01-01T00:00:00.500Z"),
        ("unixMillis", "1710325274123", "2024-03-13T10:21:14.123Z"), ("unixSeconds", "-1", "1969-12-31T23:59:59Z"),
    ])
    func `a time is read by its format`(format: String, cell: String, expected: String) throws {
        let format = try #require(TimeFormat(format))
        #expect(format.instant(Array(cell.utf8), zone: Self.zone)?.description == expected)
    }

    @Test(arguments: [
        ("yyyyMMdd", "19970229"), ("yyyyMMdd", "1997010"), ("yyyyMMdd", "199701011"), ("yyyy-MM-dd", "1997/01/01"),
        ("yyyy-MM-dd HH:mm", "1997-01-01 24:00"), ("yyyy-MM-dd HH:mm", "1997-01-01 10:60"), ("rfc3339", "1997-01-01"),
        ("yyyy-MM-ddXXX", "1997-01-01+1:00"), ("unixSeconds", "x"), ("unixSeconds", "999999999999999"),
        ("yyyyMMdd", ""),
    ])
    func `anything else is no time`(format: String, cell: String) throws {
        let format = try #require(TimeFormat(format))
        #expect(format.instant(Array(cell.utf8), zone: Self.zone) == nil)
    }

    @Test(arguments: ["", "HH:mm", "yyyy-MM", "yyyy-MM-dd ZZ", "yy-MM-dd", "yyyy-MM-dd'T", "rfc", "yyyy-MM-dd dd"])
    func `a pattern must hold a date and known letters`(text: String) {
        #expect(TimeFormat(text) == nil)
    }
}
