import Touchpoints

/// A touchpoint as traces hold it.
struct Touch: Equatable, Sendable, BitwiseCopyable {
    var type: EventType
    var time: Timestamp
    /// The hash of its `sessionid`, 0 without one.
    var session: UInt64
    var channel: ChannelNumber
    var position: Position
}

extension Touch {
    init(_ event: borrowing EventView) {
        type = event.type
        time = event.time
        session = event.session
        channel = event.channel
        position = event.position
    }
}
