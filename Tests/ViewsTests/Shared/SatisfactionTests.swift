@testable import Simulation
import Testing
import Touchpoints

@testable import Views

@Suite struct SatisfactionTests {
    /// An answer with such data.
    static func answer(_ json: String, at time: String = "2024-01-01T00:00:00Z") throws -> SketchedEvent {
        var clear: [UInt8] = []
        ClearPart.endAttributes(of: &clear)
        return try SketchedEvent(.surveyAnswered, at: time, clear: clear + Array(json.utf8))
    }

    @Test(arguments: [
        (#"{"scale":"nps","score":9}"#, 9_000), (#"{"scale":"nps","score":0}"#, 0),
        (#"{"scale":"nps","score":12}"#, 10_000),
        (#"{"max":5,"scale":"csat","score":2}"#, 2_500), (#"{"scale":"csat","score":5}"#, 10_000),
        (#"{"max":7,"scale":"ces","score":6}"#, 8_333), (#"{"scale":"ces","score":4}"#, 5_000),
        (#"{"max":5,"scale":"csat","score":3.5}"#, 6_250), (#"{"max":5,"scale":"csat","score":0}"#, 0),
        (#"{"max":1,"scale":"csat","score":1}"#, nil), (#"{"scale":"csat"}"#, nil),
        (#"{"scale":"csat","score":1e99}"#, nil),
    ])
    func `a score is made 0 to 100`(json: String, hundredths: Int64?) throws {
        try Self.answer(json).withView { #expect(Satisfaction.hundredths(of: $0) == hundredths) }
    }

    @Test func `other events have none`() throws {
        var review = try Self.answer(#"{"scale":"nps","score":9}"#)
        review.type = .pageViewed
        try review.withView { #expect(Satisfaction.hundredths(of: $0) == nil) }
    }
}
