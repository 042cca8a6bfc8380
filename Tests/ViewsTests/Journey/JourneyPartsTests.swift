import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

/// The parts over a real log; names and columns are contract.
struct JourneyPartsTests {
    private func event(
        _ type: EventType, _ second: Int64, session: UInt64 = 0, channel: UInt16 = 0
    ) -> SketchedEvent {
        var event = SketchedEvent(type, second: second, session: session)
        event.channel = ChannelNumber(rawValue: channel)
        return event
    }

    /// Ada looks, buys and comes back the next day; Ben only looks; somebody is heard of; Cleo only has a profile.
    private func log() async throws -> JourneyLog {
        try await JourneyLog([
            ("Ada", "s-1", event(.pageViewed, 0, session: 1, channel: 1)),
            ("Ada", "s-1", event(.cartUpdated, 64, session: 1, channel: 1)),
            ("Ada", "s-1", event(.orderPaid, 192, session: 1, channel: 2)),
            ("Ada", nil, event(.pageViewed, 86_400)),
            ("Ben", nil, event(.pageViewed, 10)),
            ("Ben", nil, event(.cartUpdated, 10)),
            (nil, nil, event(.socialMentioned, 50, channel: 2)),
            ("Cleo", nil, event(.profileUpdated, 60)),
        ])
    }

    @Test func `names and columns are contract`() {
        let columns = Dictionary(
            uniqueKeysWithValues: Journey.parts.map { ($0.name, $0.columns.map(\.name).joined(separator: ",")) })
        #expect(
            Journey.parts.map(\.name) == [
                "map", "phases", "edges", "starts", "ends", "variants", "funnel", "sessions", "timeline",
                "customers", "passages", "funnel-events",
            ])
        #expect(columns["edges"] == "from,to,count,customers,median_seconds,p95_seconds")
        #expect(columns["starts"] == "touchpoint,count")
        #expect(columns["ends"] == "touchpoint,count")
        #expect(columns["variants"] == "variant,count")
        #expect(columns["funnel"] == "step,count,rate_first,rate_previous,rate_all")
        for part in Journey.parts where ["edges", "starts", "ends", "variants", "funnel"].contains(part.name) {
            #expect(part.options.contains(.choice("by", of: ["customer", "session"])))
        }
    }

    @Test func `customers stand where their last touchpoint was`() async throws {
        #expect(
            try await log().rows(.customers) == [
                "member:Ada,consideration,page.viewed,2024-01-02T00:00:00Z,3,3,2",
                "member:Ben,consideration,cart.updated,2024-01-01T00:00:10Z,2,1,1", "member:Cleo,,,,0,0,0",
            ])
    }

    @Test(arguments: ["customer", "session"]) func `passages are what the edges count`(unit: String) async throws {
        let log = try await log()
        for edge in try log.rows(.edges, ["by": unit]).map({ $0.split(separator: ",").map(String.init) }) {
            let options = ["by": unit, "leaving": edge[0], "reaching": edge[1]]
            let passages = try log.rows(.passages, options)
            #expect(passages.count == Int(edge[2]))
            #expect(Set(passages.map { $0.prefix { $0 != "," } }).count == Int(edge[3]))
        }
        #expect(
            try log.rows(.passages, ["by": unit, "leaving": "cart.updated", "reaching": "order.paid"]) == [
                "member:Ada,2,3,2024-01-01T00:01:04Z,2024-01-01T00:03:12Z,128.000"
            ])
        #expect(try log.rows(.passages, ["by": unit, "leaving": "cart.updated", "reaching": "nobody.knows"]) == [])
    }

    @Test func `the events of a funnel's steps are listed, with how far their customer got`() async throws {
        let options = ["steps": "page.viewed,cart.updated,order.paid", "order": "sequential", "by": "customer"]
        #expect(
            try await log().rows(.funnelEvents, options) == [
                "member:Ada,3,1,page.viewed,1,2024-01-01T00:00:00Z",
                "member:Ada,3,2,cart.updated,2,2024-01-01T00:01:04Z",
                "member:Ada,3,3,order.paid,3,2024-01-01T00:03:12Z", "member:Ben,2,1,page.viewed,5,2024-01-01T00:00:10Z",
                "member:Ben,2,2,cart.updated,6,2024-01-01T00:00:10Z",
            ])
    }

    /// Times are the middles of their bins: 64 s, 128 s and 86,208 s here.
    @Test func `edges, starts and ends`() async throws {
        let log = try await log()
        #expect(
            try log.rows(.edges) == [
                "page.viewed,cart.updated,2,2,0.000,64.225", "cart.updated,order.paid,1,1,128.451,128.451",
                "order.paid,page.viewed,1,1,86436.217,86436.217",
            ])
        #expect(try log.rows(.edges, ["by": "session"]).count == 2)
        #expect(try log.rows(.starts) == ["page.viewed,2"])
        #expect(try log.rows(.starts, ["by": "session"]) == ["page.viewed,3"])
        #expect(try log.rows(.ends) == ["cart.updated,1", "page.viewed,1"])
        #expect(try log.rows(.ends, ["by": "session"]) == ["cart.updated,1", "order.paid,1", "page.viewed,1"])
    }

    @Test func `variants`() async throws {
        let log = try await log()
        #expect(
            try log.rows(.variants) == [
                "page.viewed > cart.updated,1", "page.viewed > cart.updated > order.paid > page.viewed,1",
            ])
        #expect(
            try log.rows(.variants, ["by": "session"]) == [
                "page.viewed,1", "page.viewed > cart.updated,1", "page.viewed > cart.updated > order.paid,1",
            ])
    }

    @Test func `a funnel counts customers or sessions`() async throws {
        let log = try await log()
        let steps = ["steps": "page.viewed,cart.updated,order.paid"]
        #expect(
            try log.rows(.funnel, steps) == [
                "page.viewed,2,1.0,1.0,1.0", "cart.updated,2,1.0,1.0,1.0", "order.paid,1,0.5,0.5,0.5",
            ])
        let short = steps.merging(["by": "session", "within": "191s", "exclude": "call.ended"]) { $1 }
        #expect(try log.rows(.funnel, short).map { $0.split(separator: ",")[1] } == ["3", "2", "0"])
        #expect(throws: QueryError("exclude: `page.viewed` is one of the steps", parameter: "exclude")) {
            try log.rows(.funnel, steps.merging(["exclude": "page.viewed"]) { $1 })
        }
        #expect(try log.rows(.funnel, ["steps": "never.seen"]) == ["never.seen,0,,,0.0"])
    }

    @Test func `the map has a row for each touchpoint, those of no customer too`() async throws {
        let log = try await log()
        #expect(
            try log.rows(.map) == [
                "consideration,page.viewed,2,3,0,(none) 0.6667 (2), channel-1 0.3333 (1),,0,,0,1,0.5,0.000,64.225,1.0,2",
                "consideration,cart.updated,2,2,0,(none) 0.5000 (1), channel-1 0.5000 (1),,0,,0,1,0.5,128.451,128.451,1.0,1",
                "purchase,order.paid,1,1,0,channel-2 1.0000 (1),,0,,0,0,0.0,86436.217,86436.217,0.0,3",
                "advocacy,social.mentioned,0,1,1,channel-2 1.0000 (1),,0,,0,0,,,,0.0,4",
            ])
    }

    @Test func `phases count customers and events`() async throws {
        #expect(
            try await log().rows(.phases) == [
                "awareness,0,0", "consideration,2,5", "purchase,1,1", "service,0,0", "loyalty,0,0", "advocacy,0,1",
                "other,0,0",
            ])
    }

    @Test func `sessions and the timeline of a customer`() async throws {
        let log = try await log()
        #expect(
            try log.rows(.sessions, of: 1) == [
                "member:Ada,s-1,2024-01-01T00:00:00Z,2024-01-01T00:03:12Z,192,3,page.viewed,order.paid",
                "member:Ada,,2024-01-02T00:00:00Z,2024-01-02T00:00:00Z,0,1,page.viewed,page.viewed",
            ])
        #expect(try log.rows(.sessions).count == 3)
        let timeline = try log.rows(.timeline, of: 1)
        #expect(timeline.count == 4)
        #expect(
            timeline[2]
                == "3,2024-01-01T00:03:12Z,2024-01-01T00:03:12Z,2027-01-15T08:00:00Z,order.paid,purchase,channel-2,shop,s-1,"
                + "member:Ada,,")
        #expect(
            try log.rows(.timeline, of: 3)
                == [
                    "8,2024-01-01T00:01:00Z,2024-01-01T00:01:00Z,2027-01-15T08:00:00Z,profile.updated,,,shop,,member:Cleo,,"
                ])
    }

    /// Users of the clickstream as a log takes them; `sequence` tells the order of equal times.
    private func users(_ count: Int) -> [(customer: String?, session: String?, event: SketchedEvent)] {
        ClickstreamTests.clickstream.customers.prefix(count).enumerated().flatMap { number, events in
            events.enumerated().map { index, event in
                var event = event
                event.sequence = Int64(index)
                return ("user \(number)", nil, event)
            }
        }
    }

    @Test func `the clickstream through log and runtime gives what was counted independently`() async throws {
        let clickstream = ClickstreamTests.clickstream
        let log = try await JourneyLog(users(.max), typeNames: clickstream.names)
        for unit in JourneyGraph.Unit.allCases {
            let expected = clickstream.expected(unit)
            let by = ["by": unit.rawValue]
            #expect(try log.rows(.starts, by).sorted() == expected.starts.map { "\($0.key),\($0.value)" }.sorted())
            #expect(try log.rows(.ends, by).sorted() == expected.ends.map { "\($0.key),\($0.value)" }.sorted())
            let counts = try log.rows(.edges, by).map { $0.split(separator: ",").prefix(4).joined(separator: ",") }
            let edges = expected.edges.map { edge, row in
                "\(edge.replacing(" > ", with: ",")),\(row[0]),\(row[1])"
            }
            #expect(counts.sorted() == edges.sorted())
            let variants = try log.rows(.variants, by)
            #expect(variants.count == expected.variants)
            #expect(
                variants.prefix(expected.frequentVariants.count).sorted()
                    == expected.frequentVariants.map { "\($0.key),\($0.value)" }.sorted())
        }
    }

    @Test func `the order in which events arrive changes no answer`() async throws {
        let names = ClickstreamTests.clickstream.names
        let events = users(60)
        var random = SeededRandom(seed: 7)
        let inOrder = try await JourneyLog(events, typeNames: names)
        let shuffled = try await JourneyLog(events.shuffled(using: &random), typeNames: names, batches: 50)
        for by in [["by": "customer"], ["by": "session"]] {
            for part in [Part<Journey>.edges, .starts, .ends, .variants] {
                #expect(try inOrder.rows(part, by) == shuffled.rows(part, by))
            }
        }
        #expect(try inOrder.rows(.map) == shuffled.rows(.map))
    }
}
