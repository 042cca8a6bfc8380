import Projections
import Touchpoints

/// The tables of the journey's totals and the keys in them.
enum JourneyTable {
    /// Edges, by (edge, bin of the time between its events): those that are one by customer and by session alike,
    /// those by customer only (from session to session), those by session only (another session lies between).
    static let sharedFlow: UInt8 = 1
    static let customerFlow: UInt8 = 2
    static let sessionFlow: UInt8 = 3
    /// First touchpoints of customers and of sessions, by type.
    static let starts: UInt8 = 4
    static let sessionStarts: UInt8 = 5
    /// Different customers, by edge and by type.
    static let edgeCustomers: UInt8 = 6
    static let sessionEdgeCustomers: UInt8 = 7
    static let touchpointCustomers: UInt8 = 8
    /// Touchpoints with a channel, by (type, channel), those of no customer included.
    static let channels: UInt8 = 9
    /// Touchpoints of no customer, by type.
    static let unowned: UInt8 = 10
    /// Opinions, by (type, part): see ``Opinion``.
    static let opinions: UInt8 = 11
    /// Opinions about a type that only the log knows by name: their count and sums, by label.
    static let namedOpinions: ClosedRange<UInt8> = 12...15
    /// Sessions that have ended, by the label of their variant.
    static let variants: UInt8 = 16

    static func flow(_ table: UInt8, _ edge: Edge, _ bin: UInt64) -> Cell { Cell(table, edge.packed, bin) }

    static func channel(_ channel: ChannelNumber, of type: EventType) -> Cell {
        Cell(channels, UInt64(type.rawValue), UInt64(channel.rawValue))
    }
}
