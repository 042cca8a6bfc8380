import Foundation
import Testing
import Touchpoints

@Suite struct CivilDayTests {
    @Test(
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("1997-01-01", 9_862),
            ("0001-01-01", -719_162),
            ("9999-12-31", 2_932_896),
        ] as [(String, Int32)])
    func `a date and its number belong together`(text: String, number: Int32) throws {
        let day = try #require(CivilDay(text))
        #expect(day.rawValue == number)
        #expect(day.description == text)
        #expect(CivilDay(year: day.year, month: day.month, day: day.day) == day)
    }

    @Test(arguments: [
        "2023-02-29", "2024-1-01", "2024-13-01", "0000-01-01", "2024-01-32", "2024/01/01", "", "2024-01-011",
    ])
    func `what is not a date is refused`(text: String) {
        #expect(CivilDay(text) == nil)
    }

    @Test func `every day of four centuries has the date that Foundation gives`() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for number in stride(from: Int32(-25_000), through: 121_097, by: 13) {
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let day = CivilDay(rawValue: number)
            #expect([day.year, day.month, day.day] == [parts.year, parts.month, parts.day])
            #expect(day.weekday % 7 + 1 == parts.weekday)
        }
    }

    @Test func `days are added and taken`() throws {
        let day = try #require(CivilDay("2024-02-28"))
        #expect((day + 2).description == "2024-03-01")
        #expect((day - 59).description == "2023-12-31")
        #expect((day + 366) - day == 366)
    }
}
