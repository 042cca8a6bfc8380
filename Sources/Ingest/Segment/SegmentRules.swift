import Touchpoints

/// How one member of an event's data is made from the properties of Segment's e-commerce spec.
struct SegmentRule: Sendable {
    /// The properties that it is made from, the first that fits.
    var names: [String]
    var target: String
    var form: Form
    /// An event without it is refused.
    var isRequired = false

    enum Form: Sendable {
        /// A string, or a number as it is written.
        case text
        /// A number, or a string that is one.
        case number
        case money
        /// Products as lines of an order.
        case items
        /// One text or several.
        case texts
        /// `{"type": "price", "value": "low"}` as `price=low`.
        case filters
    }

    init(_ target: String, _ form: Form, from names: [String] = [], isRequired: Bool = false) {
        self.names = names.isEmpty ? [target] : names
        self.target = target
        self.form = form
        self.isRequired = isRequired
    }
}

extension SegmentRule {
    /// The rules for a built-in type; a property that none names stays as it is.
    static func rules(for type: EventType) -> [SegmentRule] {
        switch type {
        case .productViewed: product + [SegmentRule("list", .text, from: ["list_id", "list"]), place]
        case .searchPerformed: [SegmentRule("query", .text), SegmentRule("category", .text), filters]
        case .cartUpdated:
            [SegmentRule("cart", .text, from: ["cart_id", "cart"]), items, total, SegmentRule("coupon", .text)]
        case .checkoutStarted:
            [
                SegmentRule("cart", .text, from: ["cart_id", "cart"]), items, total, SegmentRule("step", .text),
                SegmentRule("coupon", .text), SegmentRule("delivery", .text, from: ["shipping_method", "delivery"]),
                SegmentRule("payment", .text, from: ["payment_method", "payment"]),
            ]
        case .orderPlaced, .orderPaid: order(isRequired: true) + charges
        case .orderRefunded: order(isRequired: true) + [SegmentRule("reason", .text)]
        case .orderCancelled, .orderShipped, .orderDelivered:
            order(isRequired: false) + [SegmentRule("reason", .text)]
        case .adShown, .adClicked:
            [
                SegmentRule("creative", .text, from: ["creative", "promotion_id"]),
                SegmentRule("placement", .text, from: ["position", "placement"]),
            ]
        case .contentShared:
            [
                SegmentRule("content", .text, from: ["sku", "product_id", "cart_id", "content"]),
                SegmentRule("via", .text, from: ["share_via", "via"]),
                SegmentRule("text", .text, from: ["share_message", "text"]),
            ]
        case .reviewPosted:
            [
                SegmentRule("sku", .text, from: ["sku", "product_id"]), SegmentRule("rating", .number),
                SegmentRule("text", .text, from: ["review_body", "text"]),
            ]
        case .campaignDelivered, .campaignBounced, .campaignOpened, .campaignClicked, .campaignUnsubscribed:
            [
                SegmentRule("message", .text, from: ["email_id", "message"]),
                SegmentRule("link", .text, from: ["link_id", "link"]),
                SegmentRule("url", .text, from: ["link_url", "url"]),
            ]
        case .pageViewed: [SegmentRule("title", .text, from: ["title", "name"])]
        case .appOpened: [SegmentRule("version", .text)]
        default: []
        }
    }

    /// A product as a line of an order or a cart.
    static let item = product + [SegmentRule("quantity", .number), SegmentRule("discount", .money)]

    private static let product = [
        SegmentRule("sku", .text, from: ["sku", "product_id"]), SegmentRule("name", .text),
        SegmentRule("category", .text), SegmentRule("brand", .text), SegmentRule("variant", .text),
        SegmentRule("price", .money),
    ]
    private static let place = SegmentRule("listPosition", .number, from: ["position", "listPosition"])
    private static let items = SegmentRule("items", .items, from: ["products", "items"])
    private static let total = SegmentRule("total", .money, from: ["total", "value", "revenue"])
    private static let filters = SegmentRule("filters", .filters)
    private static let charges = [
        SegmentRule("tax", .money), SegmentRule("delivery", .money, from: ["shipping", "delivery"]),
        SegmentRule("discount", .money), SegmentRule("coupons", .texts, from: ["coupons", "coupon"]),
        SegmentRule("payment", .text, from: ["payment_method", "payment"]),
        SegmentRule("store", .text, from: ["affiliation", "store"]),
    ]

    private static func order(isRequired: Bool) -> [SegmentRule] {
        var total = total
        total.isRequired = isRequired
        return [total, items]
    }
}
