import Touchpoints

/// An event of the log with everything that is stored of it, for those who compare it with one that was sent.
public struct StoredEvent: ~Escapable {
    public let event: EventView
    /// The personal part without its salt; nil when it was erased.
    public let personal: [UInt8]?
    /// The alias of its subject; nil without one and when it was erased.
    public let alias: Alias?
    public let dictionaries: Dictionaries

    @_lifetime(copy event)
    init(event: EventView, personal: [UInt8]?, alias: Alias?, dictionaries: Dictionaries) {
        self.event = event
        self.personal = personal
        self.alias = alias
        self.dictionaries = dictionaries
    }
}

/// Names the fields by which an event that was sent differs from the stored one of the same source and id.
public typealias NameDifferences =
    @Sendable (_ stored: borrowing StoredEvent, _ sent: Draft, _ batch: DraftBatch) ->
    [String]
