import Policies
import Touchpoints

@testable import Projections

/// Counts events by the session gap of the policy: what it shows depends on what it reads.
struct Gapped: Projector {
    struct State: ViewState {
        var hours: Int64 = 0

        init() {}
        init(from reader: inout ByteReader) throws { hours = try reader.readInt64() }
        func encode(into writer: inout ByteWriter) { writer.write(hours) }
    }

    static let name = "gapped"
    static let version = 1
    static let parts: [Part<Gapped>] =
        [
            Part("hours", columns: [.integer("hours")]) { view, _, emit in
                try view.forEachCustomer { try emit([.integer($1.hours)]) }
            }
        ] + Part.everything
    static func reads(_ policy: Policy) -> String { policy.canonical(of: [.journey]) }

    private let gap: Elapsed

    init(_ active: ActivePolicy) { gap = active.policy.journey.sessionGap }

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.hours += gap.microseconds / 3_600_000_000
        sink.add(gap.microseconds, to: Cell(1))
    }
}

/// The view `gapped` after a change of its meaning, whose old states can still be read.
struct GappedTwice: Projector {
    typealias State = Gapped.State

    static let name = Gapped.name
    static let version = 2
    static func canRead(version: Int) -> Bool { version == 1 }
    static let parts: [Part<GappedTwice>] = [
        Part("hours", columns: [.integer("hours")]) { view, _, emit in
            try view.forEachCustomer { try emit([.integer($1.hours)]) }
        }
    ]
    static func reads(_ policy: Policy) -> String { policy.canonical(of: [.journey]) }

    private let gap: Elapsed

    init(_ active: ActivePolicy) { gap = active.policy.journey.sessionGap }

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.hours += 2 * gap.microseconds / 3_600_000_000
    }
}
