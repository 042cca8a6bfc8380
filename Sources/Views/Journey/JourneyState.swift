public import Projections
import Touchpoints

/// What the journey keeps of a customer: its open sessions, the latest touchpoint among them, and which edges it has made.
public struct JourneyState: ViewState {
    /// The sessions that have not ended; a step is the number of the touchpoint's type.
    var sessions = OpenSessions<UInt16>()
    /// The edges that the customer has made, and the touchpoints (edges from none): they only ever count once.
    var seen = SeenEdges()

    /// Steps that are kept of one session for its variant; what follows shows as `...`.
    static let keptSteps = 4_096

    public init() {}

    public func encode(into writer: inout ByteWriter) {
        sessions.encode(into: &writer) { $0.write($1) }
        seen.encode(into: &writer)
    }

    public init(from reader: inout ByteReader) throws {
        sessions = try OpenSessions(from: &reader) { try $0.readUInt16() }
        seen = try SeenEdges(from: &reader)
    }
}
