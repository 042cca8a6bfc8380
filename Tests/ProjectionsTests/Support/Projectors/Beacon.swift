import Policies
import Touchpoints

@testable import Projections

/// Tells of each event, and when there was none for 48 hours.
struct Beacon: Projector {
    struct State: ViewState {
        var count: Int64 = 0
        var last: Timestamp?

        init() {}
        init(from reader: inout ByteReader) throws {
            count = try reader.readInt64()
            last = try reader.readBool() ? try reader.readTimestamp() : nil
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(count)
            writer.write(last != nil)
            if let last { writer.write(last) }
        }
    }

    struct Failure: Error {}

    static let name = "beacon"
    static let version = 1
    static let hasEffects = true
    static let forgets = false
    static let parts: [Part<Beacon>] = [Part("customers", columns: []) { _, _, _ in }]
    static func reads(_ policy: Policy) -> String { "\(policy.journey.sessionGap)" }

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.count += 1
        state.last = event.time
        sink.effect(Rule("seen"), ["count": .integer(state.count), "type": .text("\(event.type.rawValue)")])
        if event.type == .complaintRaised { throw Failure() }
    }

    func nextWake(_ state: State) -> Timestamp? { state.last.map { $0 + .hours(48) } }

    func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        state.last = nil
        sink.effect(Rule("lapsed"), [:])
    }
}

/// The same, told in another way: a rebuild.
struct BeaconTwice: Projector {
    typealias State = Beacon.State
    static let name = Beacon.name
    static let version = 2
    static let hasEffects = true
    static let parts: [Part<BeaconTwice>] = [Part("customers", columns: []) { _, _, _ in }]
    private let first: Beacon

    init(_ active: ActivePolicy) { first = Beacon(active) }

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        try first.fold(&state, event, &sink)
        sink.effect(Rule("seen-again"), [:])
    }
    func nextWake(_ state: State) -> Timestamp? { first.nextWake(state) }
    func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        try first.wake(&state, due: due, &sink)
    }
}
