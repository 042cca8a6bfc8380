import Projections

/// Why the ledger books what it books.
enum LedgerRule: UInt8, CaseIterable {
    case lotExpired, pointsReleased, orderEarned, orderKnown, notAMember, pointsRedeemed, pointsReversed
    case pointsAdjusted, orderRefunded, orderCancelled, refundWaits, refundWithoutOrder, refundInOtherCurrency
    case debtPaid, memberEnrolled, memberLeft, eventVoided

    var rule: Rule {
        switch self {
        case .lotExpired: Rule("lot-expired", by: ["loyalty.expiresAfterDays"])
        case .pointsReleased: Rule("points-released", by: ["loyalty.pendingDays"])
        case .orderEarned:
            Rule("order-earned", by: ["loyalty.earn", "loyalty.pendingDays", "loyalty.expiresAfterDays"])
        case .orderKnown: Rule("order-known", by: ["loyalty.earn.on"])
        case .notAMember: Rule("not-a-member", by: ["loyalty.memberOnly"])
        case .pointsRedeemed: Rule("points-redeemed")
        case .pointsReversed: Rule("points-reversed")
        case .pointsAdjusted: Rule("points-adjusted", by: ["loyalty.expiresAfterDays"])
        case .orderRefunded: Rule("order-refunded")
        case .orderCancelled: Rule("order-cancelled")
        case .refundWaits: Rule("refund-waits")
        case .refundWithoutOrder: Rule("refund-without-order")
        case .refundInOtherCurrency: Rule("refund-in-other-currency")
        case .debtPaid: Rule("debt-paid")
        case .memberEnrolled: Rule("member-enrolled")
        case .memberLeft: Rule("member-left")
        case .eventVoided: Rule("event-voided")
        }
    }
}
