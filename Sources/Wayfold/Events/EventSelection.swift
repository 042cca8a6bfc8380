import EventLog
public import Touchpoints

/// Which events of a log are listed.
public struct EventSelection: Sendable {
    /// Only events behind this position.
    public var after = Position.start
    /// Only those of the customer who has this alias now (`kind:value`, or a value alone), under any of its names.
    public var customer: String?
    /// Only those of one of these types; of any where there is none.
    public var types: Set<String> = []
    public var source: String?
    public var channel: String?
    /// So many at most.
    public var limit = 1_000
    /// The page ends with the event that brings it to so many bytes.
    public var byteLimit = Int.max

    public init() {}
}

/// A selection in the numbers of a log.
struct EventFilter {
    private let types: Set<EventType>?
    private let source: SourceNumber?
    private let channel: ChannelNumber?

    /// nil where no event of the log can meet it: it knows no such name.
    init?(_ selection: EventSelection, _ dictionaries: Dictionaries) {
        let known = selection.types.compactMap { dictionaries.type(named: $0) }
        types = selection.types.isEmpty ? nil : Set(known)
        source = selection.source.flatMap { dictionaries.source(named: $0) }
        channel = selection.channel.flatMap { dictionaries.channel(named: $0) }
        if types?.isEmpty == true { return nil }
        if selection.source != nil, source == nil { return nil }
        if selection.channel != nil, channel == nil { return nil }
    }

    func accepts(_ event: borrowing EventView) -> Bool {
        if let types, !types.contains(event.type) { return false }
        if let source, event.source != source { return false }
        if let channel, event.channel != channel { return false }
        return true
    }
}
