/// What a customer is in the middle of: it decides which types can come next.
struct Customer {
    private enum Order: UInt8 { case none, cart, checkout, placed, paid, shipped, delivered }

    private var order = Order.none
    private var chatMessages: UInt8 = 0
    private var isComplaining = false
    private var isAsked = false
    private(set) var isMember = false
    private(set) var orders: UInt16 = 0
    /// Points to spend, roughly.
    private(set) var points: UInt32 = 0
    /// The total of the order in hand.
    private(set) var cents: UInt32 = 0

    /// The next touchpoint: a draw decides whether the customer looks, buys, asks for help or answers.
    mutating func next(_ random: inout SplitMix64) -> Touchpoint {
        switch random.below(100) {
        case 0..<18: .pageViewed
        case 18..<32: .productViewed
        case 32..<39: .searchPerformed
        case 39..<45: .appOpened
        case 45..<50: .campaignOpened
        case 50..<53: .campaignClicked
        case 53..<55: .storeVisited
        case 55..<84: buy(&random)
        case 84..<91: chat(&random)
        case 91..<93: complain()
        case 93..<96: answer()
        case 96..<97: .reviewPosted
        default: spend()
        }
    }

    private mutating func buy(_ random: inout SplitMix64) -> Touchpoint {
        switch order {
        case .none:
            order = .cart
            return .cartUpdated
        case .cart:
            if random.isOneIn(3) { return .cartUpdated }
            order = .checkout
            return .checkoutStarted
        case .checkout:
            order = .placed
            orders &+= 1
            cents = 500 + UInt32(random.below(6_000) + random.below(6_000) * random.below(4))
            return .orderPlaced
        case .placed:
            order = .paid
            points += cents / 100
            return .orderPaid
        case .paid:
            order = .shipped
            return .orderShipped
        case .shipped:
            order = .delivered
            return .orderDelivered
        case .delivered:
            order = .none
            if !random.isOneIn(12) { return buy(&random) }
            points -= min(points, cents / 100)
            return .orderRefunded
        }
    }

    private mutating func chat(_ random: inout SplitMix64) -> Touchpoint {
        if chatMessages == 0 {
            chatMessages = UInt8(2 + random.below(5))
            return .chatStarted
        }
        chatMessages -= 1
        return chatMessages == 0 ? .chatEnded : .chatMessaged
    }

    private mutating func complain() -> Touchpoint {
        isComplaining.toggle()
        return isComplaining ? .complaintRaised : .complaintResolved
    }

    private mutating func answer() -> Touchpoint {
        isAsked.toggle()
        return isAsked ? .surveySent : .surveyAnswered
    }

    private mutating func spend() -> Touchpoint {
        if !isMember {
            isMember = true
            return .memberEnrolled
        }
        guard points >= 100 else { return .pageViewed }
        points -= 100
        return .pointsRedeemed
    }
}
