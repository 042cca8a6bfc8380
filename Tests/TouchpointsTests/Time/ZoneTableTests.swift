import Testing
import Touchpoints

@Suite struct ZoneTableTests {
    @Test(arguments: ZoneSample.all)
    func `a local time is the instant that zoneinfo gives`(sample: ZoneSample) throws {
        let table = try sample.table()
        for pair in sample.locals {
            let day = pair[0] >= 0 ? pair[0] / 86_400 : (pair[0] - 86_399) / 86_400
            let instant = table.instant(
                on: CivilDay(rawValue: Int32(day)), at: .seconds(pair[0] - day * 86_400))
            #expect(instant.rawValue == pair[1] * 1_000_000, "local second \(pair[0])")
        }
    }

    @Test(arguments: ZoneSample.all)
    func `a day begins where walking second by second finds its date`(sample: ZoneSample) throws {
        let table = try sample.table()
        for pair in sample.days {
            let day = CivilDay(rawValue: Int32(pair[0]))
            #expect(table.firstInstant(of: day).rawValue == pair[1] * 1_000_000, "\(day)")
        }
    }

    @Test(arguments: ZoneSample.all)
    func `days follow one another without gap or overlap`(sample: ZoneSample) throws {
        let table = try sample.table()
        for number in Int32(-33_000)...47_846 {
            let day = CivilDay(rawValue: number)
            let first = table.firstInstant(of: day)
            let before = first - Elapsed(microseconds: 1)
            let isLeftOut = table.lastInstant(of: day) < first
            // One check for all: an expectation costs more than what it would look at.
            guard table.lastInstant(of: day - 1) == before, table.day(of: before) < day,
                table.day(of: first) == (isLeftOut ? day + 1 : day)
            else {
                Issue.record("\(day)")
                continue
            }
        }
    }

    @Test func `Apia left out the day before New Year's Eve of 2011`() throws {
        let apia = try ZoneSample.named("Pacific/Apia").table()
        let leftOut = try #require(CivilDay("2011-12-30"))
        #expect(apia.firstInstant(of: leftOut) == apia.firstInstant(of: leftOut + 1))
        #expect(apia.firstInstant(of: leftOut).description == "2011-12-30T10:00:00Z")
        #expect(apia.day(of: try Timestamp(rfc3339: "2011-12-30T10:00:00Z")) == leftOut + 1)
    }

    @Test func `a day that begins in a gap begins after it`() throws {
        let beirut = try ZoneSample.named("Asia/Beirut").table()
        let day = try #require(CivilDay("2024-03-31"))
        #expect(beirut.firstInstant(of: day).description == "2024-03-30T22:00:00Z")
        #expect(beirut.hour(of: beirut.firstInstant(of: day)) == 1)
        #expect(beirut.instant(on: day, at: .minutes(30)).description == "2024-03-30T22:30:00Z")
    }

    @Test func `an hour repeated over midnight stays with the day that had begun`() throws {
        // On 2010-11-07 at 00:01 the clocks of Newfoundland went back to 23:01 of the day before.
        let stJohns = try ZoneSample.named("America/St_Johns").table()
        let again = try Timestamp(rfc3339: "2010-11-06T23:30:00-03:30")
        #expect(stJohns.hour(of: again) == 23)
        #expect(stJohns.day(of: again).description == "2010-11-07")
        #expect(stJohns.firstInstant(of: stJohns.day(of: again)).description == "2010-11-07T02:30:00Z")
    }

    @Test func `UTC has days of 24 hours`() throws {
        let time = try Timestamp(rfc3339: "1969-12-31T23:59:59.999999Z")
        #expect(ZoneTable.utc.day(of: time).rawValue == -1)
        #expect(ZoneTable.utc.hour(of: time) == 23)
        #expect(ZoneTable.utc.lastInstant(of: CivilDay(rawValue: -1)) == time)
    }
}
