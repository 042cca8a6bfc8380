/// The 24 types of events in the mix.
enum Touchpoint {
    case pageViewed, productViewed, searchPerformed, appOpened, campaignOpened, campaignClicked, storeVisited
    case cartUpdated, checkoutStarted, orderPlaced, orderPaid, orderShipped, orderDelivered, orderRefunded
    case chatStarted, chatMessaged, chatEnded, complaintRaised, complaintResolved
    case surveySent, surveyAnswered, memberEnrolled, pointsRedeemed, reviewPosted

    var name: StaticString {
        switch self {
        case .pageViewed: "page.viewed"
        case .productViewed: "product.viewed"
        case .searchPerformed: "search.performed"
        case .appOpened: "app.opened"
        case .campaignOpened: "campaign.opened"
        case .campaignClicked: "campaign.clicked"
        case .storeVisited: "store.visited"
        case .cartUpdated: "cart.updated"
        case .checkoutStarted: "checkout.started"
        case .orderPlaced: "order.placed"
        case .orderPaid: "order.paid"
        case .orderShipped: "order.shipped"
        case .orderDelivered: "order.delivered"
        case .orderRefunded: "order.refunded"
        case .chatStarted: "chat.started"
        case .chatMessaged: "chat.messaged"
        case .chatEnded: "chat.ended"
        case .complaintRaised: "complaint.raised"
        case .complaintResolved: "complaint.resolved"
        case .surveySent: "survey.sent"
        case .surveyAnswered: "survey.answered"
        case .memberEnrolled: "member.enrolled"
        case .pointsRedeemed: "points.redeemed"
        case .reviewPosted: "review.posted"
        }
    }

    var source: StaticString {
        switch self {
        case .pageViewed, .productViewed, .searchPerformed, .cartUpdated, .checkoutStarted, .reviewPosted: "shop"
        case .appOpened: "app"
        case .campaignOpened, .campaignClicked: "mailer"
        case .storeVisited: "till"
        case .orderPlaced, .orderPaid, .orderShipped, .orderDelivered, .orderRefunded: "orders"
        case .chatStarted, .chatMessaged, .chatEnded, .complaintRaised, .complaintResolved: "helpdesk"
        case .surveySent, .surveyAnswered: "surveys"
        case .memberEnrolled, .pointsRedeemed: "loyalty"
        }
    }

    var hasOrder: Bool {
        switch self {
        case .orderPlaced, .orderPaid, .orderShipped, .orderDelivered, .orderRefunded: true
        default: false
        }
    }
}
