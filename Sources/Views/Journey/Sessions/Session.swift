import Projections
import Touchpoints

/// An open session, as far as its next event needs it.
struct Session: Equatable, Sendable, BitwiseCopyable {
    /// The hash of its `sessionid`; 0 for the one without, which silence ends.
    var key: UInt64
    var lastTime: Timestamp
    var lastType: EventType
    /// Steps that are kept of it, at least one.
    var stepCount: UInt32
    /// Whether it has more steps than are kept.
    var isCut: Bool
}

extension Session {
    func encode(into writer: inout ByteWriter) {
        writer.writeFixed(key)
        writer.write(lastTime)
        writer.write(lastType.rawValue)
        writer.write(stepCount)
        writer.write(isCut)
    }

    init(from reader: inout ByteReader) throws(StateError) {
        key = try reader.readFixed()
        lastTime = try reader.readTimestamp()
        lastType = EventType(rawValue: try reader.readUInt16())
        stepCount = try reader.readUInt32()
        isCut = try reader.readBool()
    }
}

/// Where a touchpoint stands in its session.
enum SessionPlace: Equatable {
    /// It is the session's first.
    case starts
    /// It follows the customer's last touchpoint, in the same session.
    case continuesLatest
    /// It goes on with a session since whose last touchpoint there was another one elsewhere.
    case continues(Session)
}
