import Projections
import Touchpoints

/// What a customer says about a touchpoint: satisfaction and sentiment, in hundredths of a point.
///
/// Satisfaction comes from `survey.answered` (`score`) and `review.posted` (`rating`), made 0 to 100: nps is
/// score x 10; all others are (score - 1) / (max - 1) x 100, `max` being 5 where it is missing (7 for ces). Sentiment
/// is the `sentiment`, -100 to 100, of the types that may carry one.
///
/// An opinion counts for the touchpoint that the attribute `about` names, else the one that `data.touchpoint` of a
/// survey names; else, from a survey, for the customer's touchpoint before it; else for its own.
struct Opinion {
    /// About which touchpoint.
    enum Subject: Equatable {
        case type(EventType)
        /// A name that is no built-in type's: the log may know it when the answer is made, else `otherwise` counts.
        case named(String, otherwise: EventType)
    }

    let subject: Subject
    /// 0...10,000, nil without a score.
    let satisfaction: Int64?
    /// -10,000...10,000, nil without one.
    let sentiment: Int64?

    /// The opinion that an event holds, nil if it holds none. Reads the data of a few types only.
    ///
    /// - Parameter previous: the customer's touchpoint before it.
    init?(_ event: borrowing EventView, after previous: EventType) {
        let type = event.type
        guard Self.isOpinion(type) else { return nil }
        satisfaction = Satisfaction.hundredths(of: event)
        sentiment = event.data.hundredths("sentiment").map { min(max($0, -10_000), 10_000) }
        guard satisfaction != nil || sentiment != nil else { return nil }
        let isSurvey = type == .surveyAnswered
        let otherwise = isSurvey && !previous.isNone ? previous : type
        let about = event.attribute(.about)
        let touchpoint = isSurvey ? event.data.text("touchpoint") : nil
        if let known = about.flatMap(EventType.init(builtIn:)) ?? touchpoint.flatMap(EventType.init(builtIn:)) {
            subject = .type(known)
        } else if let name = touchpoint ?? about, Self.canBeType(name) {
            subject = .named(name, otherwise: otherwise)
        } else {
            subject = .type(otherwise)
        }
    }

    /// Longer texts and texts of several words are no names of types: they would only fill the totals, in the clear.
    private static func canBeType(_ name: String) -> Bool {
        name.utf8.count <= 128 && name.utf8.allSatisfy { $0 > 32 }
    }

    @inline(__always)
    private static func isOpinion(_ type: EventType) -> Bool {
        switch type {
        case .surveyAnswered, .reviewPosted, .callEnded, .campaignReplied, .chatEnded, .chatMessaged,
            .complaintRaised, .complaintReopened, .emailReceived, .socialEngaged, .socialMentioned:
            true
        default: false
        }
    }
}
