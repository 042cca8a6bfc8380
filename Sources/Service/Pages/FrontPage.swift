import Wayfold

/// The first page: how customers travel, where they stand and what they hold, all at one position of the log.
///
/// A section is there when the catalogue has its view. Takes as long as the parts behind it: O(customers).
enum FrontPage {
    static func html(_ answers: ViewAnswers) throws -> String {
        try answers.atOnePosition { try page(answers) }
    }

    private static func page(_ answers: ViewAnswers) throws -> String {
        try PageFrame.page("Customer journeys") {
            if let policy = answers.activePolicy {
                standing(answers, policy)
                try SetAsideSection.html(answers)
                try JourneySection.html(answers)
                try LifecycleSection.html(answers)
                try RFMSection.html(answers)
                try LoyaltySection.html(answers)
                try CustomersSection.html(answers)
                PartsSection.html(answers.catalogue)
            } else {
                HTML.tag("p") { "Nothing has been stored yet: the log is empty." }
            }
        }
    }

    /// Where everything on the page stands.
    private static func standing(_ answers: ViewAnswers, _ policy: ActivePolicy) -> HTML {
        HTML.tag("p") {
            "At position \(Shown.grouped("\(answers.log.head)")) of the log, whose clock stands at "
            Shown.time(answers.log.clock)
            " (UTC), under the policy of position \(policy.position). Days are those of \(policy.policy.timeZone)."
        }
    }
}
