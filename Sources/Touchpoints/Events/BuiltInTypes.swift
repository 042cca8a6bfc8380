extension EventType {
    /// The name of the built-in type with number `index + 1`. New ones go to the end: the numbers are part of the log's format.
    static let builtInNames: [String] = [
        "page.viewed", "product.viewed", "search.performed", "cart.updated", "checkout.started", "form.submitted",
        "app.opened", "store.visited", "social.engaged", "social.mentioned", "content.shared", "device.reported",
        "campaign.sent", "campaign.delivered", "campaign.bounced", "campaign.opened", "campaign.clicked",
        "campaign.replied", "campaign.unsubscribed", "ad.shown", "ad.clicked", "recommendation.shown",
        "recommendation.clicked", "cost.recorded",
        "order.placed", "order.paid", "order.shipped", "order.delivered", "order.cancelled", "order.refunded",
        "subscription.started", "subscription.renewed", "subscription.cancelled",
        "chat.started", "chat.messaged", "chat.handedover", "chat.ended", "call.received", "call.answered",
        "call.ended", "call.abandoned", "email.received", "email.answered", "article.viewed", "selfservice.completed",
        "selfservice.failed", "case.opened", "case.assigned", "case.escalated", "case.resolved", "case.reopened",
        "complaint.raised", "complaint.acknowledged", "complaint.resolved", "complaint.reopened", "followup.made",
        "survey.sent", "survey.answered", "review.posted", "idea.submitted", "idea.adopted",
        "member.enrolled", "member.left", "points.redeemed", "points.reversed", "points.adjusted", "referral.made",
        "coupon.issued", "coupon.redeemed", "benefit.granted", "benefit.used",
        "customer.identified", "customer.merged", "customer.split", "profile.updated", "consent.given",
        "consent.withdrawn", "erasure.completed",
        "policy.activated", "schema.activated", "clock.ticked", "event.voided", "audience.frozen",
        "improvement.started", "improvement.ended",
    ]
}

/// The family *interaction*.
extension EventType {
    public static let pageViewed = EventType(rawValue: 1)
    public static let productViewed = EventType(rawValue: 2)
    public static let searchPerformed = EventType(rawValue: 3)
    public static let cartUpdated = EventType(rawValue: 4)
    public static let checkoutStarted = EventType(rawValue: 5)
    public static let formSubmitted = EventType(rawValue: 6)
    public static let appOpened = EventType(rawValue: 7)
    public static let storeVisited = EventType(rawValue: 8)
    public static let socialEngaged = EventType(rawValue: 9)
    public static let socialMentioned = EventType(rawValue: 10)
    public static let contentShared = EventType(rawValue: 11)
    public static let deviceReported = EventType(rawValue: 12)
}

/// The family *campaign*.
extension EventType {
    public static let campaignSent = EventType(rawValue: 13)
    public static let campaignDelivered = EventType(rawValue: 14)
    public static let campaignBounced = EventType(rawValue: 15)
    public static let campaignOpened = EventType(rawValue: 16)
    public static let campaignClicked = EventType(rawValue: 17)
    public static let campaignReplied = EventType(rawValue: 18)
    public static let campaignUnsubscribed = EventType(rawValue: 19)
    public static let adShown = EventType(rawValue: 20)
    public static let adClicked = EventType(rawValue: 21)
    public static let recommendationShown = EventType(rawValue: 22)
    public static let recommendationClicked = EventType(rawValue: 23)
    public static let costRecorded = EventType(rawValue: 24)
}

/// The family *commerce*.
extension EventType {
    public static let orderPlaced = EventType(rawValue: 25)
    public static let orderPaid = EventType(rawValue: 26)
    public static let orderShipped = EventType(rawValue: 27)
    public static let orderDelivered = EventType(rawValue: 28)
    public static let orderCancelled = EventType(rawValue: 29)
    public static let orderRefunded = EventType(rawValue: 30)
    public static let subscriptionStarted = EventType(rawValue: 31)
    public static let subscriptionRenewed = EventType(rawValue: 32)
    public static let subscriptionCancelled = EventType(rawValue: 33)
}

/// The family *service*.
extension EventType {
    public static let chatStarted = EventType(rawValue: 34)
    public static let chatMessaged = EventType(rawValue: 35)
    public static let chatHandedover = EventType(rawValue: 36)
    public static let chatEnded = EventType(rawValue: 37)
    public static let callReceived = EventType(rawValue: 38)
    public static let callAnswered = EventType(rawValue: 39)
    public static let callEnded = EventType(rawValue: 40)
    public static let callAbandoned = EventType(rawValue: 41)
    public static let emailReceived = EventType(rawValue: 42)
    public static let emailAnswered = EventType(rawValue: 43)
    public static let articleViewed = EventType(rawValue: 44)
    public static let selfserviceCompleted = EventType(rawValue: 45)
    public static let selfserviceFailed = EventType(rawValue: 46)
    public static let caseOpened = EventType(rawValue: 47)
    public static let caseAssigned = EventType(rawValue: 48)
    public static let caseEscalated = EventType(rawValue: 49)
    public static let caseResolved = EventType(rawValue: 50)
    public static let caseReopened = EventType(rawValue: 51)
    public static let complaintRaised = EventType(rawValue: 52)
    public static let complaintAcknowledged = EventType(rawValue: 53)
    public static let complaintResolved = EventType(rawValue: 54)
    public static let complaintReopened = EventType(rawValue: 55)
    public static let followupMade = EventType(rawValue: 56)
}

/// The family *feedback*.
extension EventType {
    public static let surveySent = EventType(rawValue: 57)
    public static let surveyAnswered = EventType(rawValue: 58)
    public static let reviewPosted = EventType(rawValue: 59)
    public static let ideaSubmitted = EventType(rawValue: 60)
    public static let ideaAdopted = EventType(rawValue: 61)
}

/// The family *loyalty*.
extension EventType {
    public static let memberEnrolled = EventType(rawValue: 62)
    public static let memberLeft = EventType(rawValue: 63)
    public static let pointsRedeemed = EventType(rawValue: 64)
    public static let pointsReversed = EventType(rawValue: 65)
    public static let pointsAdjusted = EventType(rawValue: 66)
    public static let referralMade = EventType(rawValue: 67)
    public static let couponIssued = EventType(rawValue: 68)
    public static let couponRedeemed = EventType(rawValue: 69)
    public static let benefitGranted = EventType(rawValue: 70)
    public static let benefitUsed = EventType(rawValue: 71)
}

/// The family *identity and privacy*.
extension EventType {
    public static let customerIdentified = EventType(rawValue: 72)
    public static let customerMerged = EventType(rawValue: 73)
    public static let customerSplit = EventType(rawValue: 74)
    public static let profileUpdated = EventType(rawValue: 75)
    public static let consentGiven = EventType(rawValue: 76)
    public static let consentWithdrawn = EventType(rawValue: 77)
    public static let erasureCompleted = EventType(rawValue: 78)
}

/// The family *engine*.
extension EventType {
    public static let policyActivated = EventType(rawValue: 79)
    public static let schemaActivated = EventType(rawValue: 80)
    public static let clockTicked = EventType(rawValue: 81)
    public static let eventVoided = EventType(rawValue: 82)
    public static let audienceFrozen = EventType(rawValue: 83)
    public static let improvementStarted = EventType(rawValue: 84)
    public static let improvementEnded = EventType(rawValue: 85)
}
