public import Touchpoints

/// How messages of Segment's tracking API become events.
public struct SegmentPolicy: Equatable, Sendable {
    /// The source of events that are imported from files, and of those that are posted where nothing else says it.
    public var source: String
    /// The kinds of alias that `userId`, `anonymousId` and, of `alias`, `previousId` are values of.
    public var userKind: String
    public var anonymousKind: String
    public var previousKind: String
    /// Of amounts without a currency.
    public var currency: Currency
    /// Our channel by the message's; a message of any other has none.
    public var channels: [String: String]
    /// What `track` calls become, by the names of their events; those of other names are of types of their own.
    public var events: [Event]

    public struct Event: Equatable, Sendable {
        /// As the message has it, such as `Order Completed`.
        public var name: String
        /// The type of our event.
        public var type: String
        /// Texts that its data hold whatever the message says.
        public var data: [String: String]
    }
}
