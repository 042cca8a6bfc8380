import Touchpoints

@testable import Projections

/// Stages that lapse one after the other when nothing happens, each by a wake-up that emits.
struct Lapse: Projector {
    struct State: ViewState {
        var stage: Int64 = 0
        var since = Timestamp.epoch

        init() {}
        init(from reader: inout ByteReader) throws {
            stage = try reader.readInt64()
            since = try reader.readTimestamp()
        }
        func encode(into writer: inout ByteWriter) {
            writer.write(stage)
            writer.write(since)
        }
    }

    static let name = "lapse"
    static let version = 1
    static let parts: [Part<Lapse>] = Part.everything
    /// Hours in stages 1 to 3.
    private static let hours: [Int64] = [48, 24, 72]

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        sink.add(to: Cell(1, UInt64(state.stage), UInt64(event.type.rawValue)))
        // A profile update at the last stage changes nothing: the stage stays over.
        if event.type == .profileUpdated, state.stage == 4 { return }
        state.stage = event.type == .chatStarted ? 2 : 1
        state.since = event.time
    }

    func nextWake(_ state: State) -> Timestamp? {
        (1...3).contains(state.stage) ? state.since + .hours(Self.hours[Int(state.stage) - 1]) : nil
    }

    func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {
        state.stage += 1
        state.since = due
        sink.add(to: 2, label: Array("stage \(state.stage)".utf8))
        sink.add(3, to: Cell(3, UInt64(state.stage)))
    }

    func standing(_ state: State, _ sink: inout Sink) { sink.add(to: Cell(4, UInt64(state.stage))) }
}
