@testable import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

struct JourneyMapTests {
    private func map(_ journey: JourneySketch) -> JourneyMap {
        JourneyMap(
            graph: journey.graph(.customer), cells: journey.cells,
            opinions: OpinionTotals.read(cells: journey.cells, label: { _ in [] }, type: { _ in nil }),
            name: { $0.builtInName! })
    }

    private func event(_ type: EventType, _ second: Int64, channel: UInt16 = 0) -> SketchedEvent {
        var event = SketchedEvent(type, second: second)
        event.channel = ChannelNumber(rawValue: channel)
        return event
    }

    @Test func `a stop has its customers, events, channels, losses and times`() throws {
        let map = map(
            try JourneySketch([
                [
                    event(.pageViewed, 0, channel: 1), event(.pageViewed, 4, channel: 2), event(.cartUpdated, 12),
                    event(.pageViewed, 100, channel: 1),
                ],
                [event(.pageViewed, 0), event(.cartUpdated, 2)],
            ]))
        let page = try #require(map.stops.first)
        #expect(page.name == "page.viewed")
        #expect((page.customers, page.events, page.unowned, page.lost) == (2, 4, 0, 1))
        #expect(page.dropOff == 0.5)
        #expect(page.channels.map(\.channel.rawValue) == [1, 2, 0])
        #expect(page.channels.map(\.events) == [2, 1, 1])
        // 4, 8 and 2 seconds to the next touchpoint.
        let bins = [50, 95].map { LogBins.bin(of: page.timesToNext.quantile(percent: $0)!) }
        #expect(bins == [LogBins.bin(of: .seconds(4)), LogBins.bin(of: .seconds(8))])
    }

    @Test func `pain is what is lost and what is dissatisfied`() throws {
        let quiet = [SketchedEvent(.pageViewed, second: 0), SketchedEvent(.orderPaid, second: 1)]
        let unhappy = [
            SketchedEvent(.callEnded, second: 0).with(data: ""),
            SketchedEvent(.surveyAnswered, second: 1).with(data: #"{"max":5,"scale":"csat","score":2}"#),
        ]
        let map = map(try JourneySketch([quiet, quiet, unhappy]))
        #expect(
            map.stops.sorted { $0.painRank < $1.painRank }.map(\.name) == [
                "order.paid", "survey.answered", "call.ended", "page.viewed",
            ])
        let call = try #require(map.stops.first { $0.name == "call.ended" })
        #expect(call.opinions.satisfaction == 25)
        #expect(call.pain == 0.75)
    }

    @Test func `an event of no customer counts as an event, in no journey`() throws {
        var sink = Sink()
        let projector = Journey(.default)
        let anonymous = event(.socialMentioned, 0, channel: 3).with(data: #"{"sentiment":50}"#)
        anonymous.read { projector.unowned($0, &sink) }
        var journey = try JourneySketch([event(.pageViewed, 0)])
        for contribution in sink.contributions {
            journey.totals[contribution.cell, default: 0] += Int128(contribution.amount)
        }
        let stop = try #require(map(journey).stops.first { $0.name == "social.mentioned" })
        #expect((stop.customers, stop.events, stop.unowned, stop.lost) == (0, 1, 1, 0))
        #expect(stop.dropOff == nil)
        #expect(stop.opinions.sentiment == 50)
        #expect(stop.channels.map(\.channel.rawValue) == [3])
        #expect(journey.graph(.customer).count == 1)
    }

    @Test func `shares stand with their counts`() {
        #expect(JourneyMap.shares([("web", 2), ("app", 1)], of: 3) == "web 0.6667 (2), app 0.3333 (1)")
        #expect(JourneyMap.shares([], of: 0) == "")
    }
}
