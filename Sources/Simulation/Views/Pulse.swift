public import Policies
public import Projections
public import Touchpoints

/// Forgets all but its last two events, and beats so many times after the last one: states of histories that differ
/// meet again, and every wake-up emits.
public struct Pulse: Projector {
    public struct State: ViewState {
        var last: UInt16 = 0
        var before: UInt16 = 0
        var time = Timestamp.epoch
        /// Beats that are left.
        var beats: UInt16 = 0
        var due = Timestamp.epoch

        public init() {}
        public init(from reader: inout ByteReader) throws {
            last = try reader.readUInt16()
            before = try reader.readUInt16()
            time = try reader.readTimestamp()
            beats = try reader.readUInt16()
            due = try reader.readTimestamp()
        }
        public func encode(into writer: inout ByteWriter) {
            writer.write(last)
            writer.write(before)
            writer.write(time)
            writer.write(beats)
            writer.write(due)
        }
    }

    public static let name = "pulse"
    public static let version = 1
    public static func reads(_ policy: Policy) -> String { policy.canonical(of: [.timeZone]) }
    public static let parts: [Part<Pulse>] = [
        Part("customers", columns: [.text("customer"), .integer("last"), .time("time"), .integer("beats")]) {
            view, _, emit in
            try view.forEachCustomer {
                try emit([
                    .text(try view.name(of: $0)), .integer(Int64($1.last)), .time($1.time), .integer(Int64($1.beats)),
                ])
            }
        }
    ]

    private let zone: ZoneTable

    public init(_ active: ActivePolicy) { zone = active.zone }

    public func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        let type = event.type.rawValue
        sink.add(to: Cell(1, UInt64(state.last) << 32 | UInt64(state.beats), UInt64(type)))
        sink.add(to: 2, label: [state.before, state.last, type].map { UInt8(truncatingIfNeeded: $0) })
        if state.last != 0 { sink.add((event.time - state.time).microseconds, to: Cell(3, UInt64(type))) }
        state.before = state.last
        state.last = type
        state.time = event.time
        state.beats = type % 4
        state.due = zone.firstInstant(of: zone.day(of: event.time) + 1)
    }

    public func nextWake(_ state: State) -> Timestamp? { state.beats == 0 ? nil : state.due }

    public func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        state.beats -= 1
        sink.add(to: 4, label: [UInt8(truncatingIfNeeded: state.last), UInt8(state.beats)])
        state.due = zone.firstInstant(of: zone.day(of: due) + 2)
    }

    public func standing(_ state: State, _ sink: inout Sink) {
        sink.add(to: Cell(5, UInt64(state.last), UInt64(state.beats)))
    }

    public func unowned(_ event: borrowing EventView, _ sink: inout Sink) {
        sink.add(to: Cell(6, UInt64(event.type.rawValue), UInt64(zone.hour(of: event.time))))
    }
}
