import Projections
import Simulation
import Testing
import Touchpoints

@testable import Views

struct OpinionTests {
    /// The opinions of a customer who called, then answered.
    private func totals(
        _ data: String, about: String? = nil, type: EventType = .surveyAnswered, names: [String: EventType] = [:]
    ) throws -> [EventType: OpinionTotals] {
        let journey = try JourneySketch([
            SketchedEvent(.callEnded, second: 0).with(data: ""),
            SketchedEvent(type, second: 10).with(data: data, about: about),
        ])
        return OpinionTotals.read(
            cells: journey.cells, label: { _ in [0, UInt8(EventType.callEnded.rawValue)] + Array("own".utf8) },
            type: { names[$0] })
    }

    @Test(arguments: [
        (#"{"max":5,"scale":"csat","score":1}"#, 0), (#"{"max":5,"scale":"csat","score":4}"#, 75),
        (#"{"scale":"csat","score":4.5}"#, 87.5), (#"{"max":7,"scale":"ces","score":7}"#, 100),
        (#"{"scale":"ces","score":4}"#, 50), (#"{"scale":"nps","score":9}"#, 90), (#"{"scale":"nps","score":0}"#, 0),
        (#"{"max":5,"scale":"csat","score":0}"#, 0),
    ]) func `scores of all scales become 0 to 100`(data: String, satisfaction: Double) throws {
        let totals = try totals(data)
        #expect(totals[.callEnded]?.satisfaction == satisfaction)
        #expect(totals[.callEnded]?.satisfactionCount == 1)
    }

    @Test func `a review rates`() throws {
        let totals = try totals(#"{"max":10,"rating":10,"sentiment":90}"#, type: .reviewPosted)
        #expect(totals[.reviewPosted]?.satisfaction == 100)
        #expect(totals[.reviewPosted]?.sentiment == 90)
    }

    @Test func `a survey counts for what it is about, else for the touchpoint before it`() throws {
        let data = #"{"scale":"nps","score":9,"touchpoint":"chat.ended"}"#
        #expect(try totals(data).keys.map(\.builtInName) == ["chat.ended"])
        #expect(try totals(data, about: "order.delivered").keys.map(\.builtInName) == ["order.delivered"])
        #expect(try totals(#"{"scale":"nps","score":9}"#).keys.map(\.builtInName) == ["call.ended"])
    }

    @Test func `a name that only the log knows is found when the answer is made`() throws {
        let own = EventType(rawValue: 300)
        let data = #"{"scale":"nps","score":9,"touchpoint":"own"}"#
        #expect(try totals(data, names: ["own": own]).keys.map(\.rawValue) == [300])
        #expect(try totals(data).keys.map(\.builtInName) == ["call.ended"])
    }

    @Test func `what is no survey counts for itself`() throws {
        let totals = try totals(#"{"sentiment":-42.5}"#, type: .complaintRaised)
        #expect(totals[.complaintRaised]?.sentiment == -42.5)
        #expect(totals[.complaintRaised]?.satisfaction == nil)
        #expect(totals.count == 1)
    }

    @Test(arguments: ["", #"{"scale":"csat"}"#, #"{"score":"good"}"#, #"{"max":1,"scale":"csat","score":1}"#])
    func `without a score there is no opinion`(data: String) throws {
        #expect(try totals(data).isEmpty)
    }
}
