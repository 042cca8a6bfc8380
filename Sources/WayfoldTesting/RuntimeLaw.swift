import EventLog
import Projections
import Simulation
import Touchpoints

/// The runtime held against the slow fold, over one seed's order of arrival.
struct RuntimeLaw<P: Projector> {
    let policy: String

    /// Hours that an event can be late: most are not.
    private static var lateness: [Int64] { [0, 0, 0, 1, 30, 24 * 20] }

    func check(_ events: [SketchedEvent], seed: Int) async throws -> [LawViolation] {
        let folder = try TemporaryFolder()
        let data = try DataFolder(creatingAt: folder.path + "/data")
        let log = try await SketchedLog(folder: data, policy: policy)
        let catalogue = Catalogue([P.self])
        var random = SeededNumbers(seed: seed)
        var waiting = arrivals(events, &random)[...]
        while !waiting.isEmpty {
            let batch = waiting.prefix(Int.random(in: 1...8, using: &random))
            waiting = waiting.dropFirst(batch.count)
            try await log.append(batch.map(\.event), now: batch.last!.at)
            // A new engine each time: all states go through their files.
            let engine = try FoldEngine(folder: data, catalogue: catalogue)
            _ = try engine.catchUp()
            try engine.close()
            let found = try ViewAnswers(folder: data, catalogue: catalogue).check(view: P.name)
            if !found.isEmpty {
                return found.map { LawViolation(law: .foldsAlike, description: "seed \(seed): \($0.description)") }
            }
        }
        try await log.close()
        return []
    }

    /// When each event arrives, in that order.
    private func arrivals(
        _ events: [SketchedEvent], _ random: inout SeededNumbers
    ) -> [(event: SketchedEvent, at: Timestamp)] {
        events.map { event in
            let late = Elapsed.hours(Self.lateness.randomElement(using: &random)!)
            return (event, max(event.occurred, event.recorded ?? event.occurred) + late)
        }.sorted { $0.at < $1.at }
    }
}

/// Numbers from a seed, the same everywhere (SplitMix64).
private struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0xD1B5_4A32_D192_ED03 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
