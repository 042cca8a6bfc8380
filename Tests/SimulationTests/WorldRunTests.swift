import Foundation
import Policies
import Projections
import Synchronization
import Testing
import Touchpoints

@testable import Simulation

struct WorldRunTests {
    @Test func `sound views agree with the model, and the run says what it exercised`() async throws {
        var counts = ExerciseCounts()
        for seed in 1...20 {
            counts += try await WorldRun.run(World(seed: seed, views: Catalogue.simulated.names), .simulated)
        }
        #expect(counts[.events] > 200)
        #expect(counts[.comparisons] >= 20)
        #expect(counts[.late] > 0)
        #expect(ExerciseCounts(counts.description)?.description == counts.description)
        #expect(ExerciseCounts().missing == Exercise.allCases)
    }

    @Test func `a view that is always broken is always found, and named`() async throws {
        let catalogue = Catalogue([Leaky.self])
        // In world 10 nobody does anything that is folded.
        for seed in 1...11 where seed != 10 {
            let world = World(seed: seed, views: catalogue.names)
            let mismatch = await #expect(throws: Mismatch.self, "seed \(seed)") {
                _ = try await WorldRun.run(world, catalogue)
            }
            #expect(mismatch?.description.hasPrefix("leaky") == true)
        }
    }

    @Test func `a world that fails is made smaller`() async throws {
        let catalogue = Catalogue([Leaky.self])
        let world = World(seed: 3, views: catalogue.names)
        let shrunk = await world.shrunk(tries: 60) { candidate in
            do {
                _ = try await WorldRun.run(candidate, catalogue)
                return nil
            } catch {
                return "\(error)"
            }
        }
        let small = try #require(shrunk?.world)
        #expect(small.eventCount < world.eventCount)
        #expect(small.eventCount >= 2)
        #expect(shrunk?.failure.hasPrefix("leaky") == true)
    }

    @Test func `an exported world holds each record, strand and policy on a line of JSON`() async throws {
        let folder = NSTemporaryDirectory() + "wayfold-export-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await WorldExport.write(World(seed: 8, views: ["pulse"]), to: folder, Catalogue([Pulse.self]))
        func lines(_ name: String) throws -> [[String: Any]] {
            try String(contentsOfFile: "\(folder)/\(name).ndjson", encoding: .utf8).split(separator: "\n").map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
        }
        let log = try lines("log")
        #expect(log.map { $0["position"] as? Int } == Array(1...log.count))
        #expect(try lines("policies").count == log.count { $0["type"] as? String == "policy.activated" })
        let strands = try lines("strands").count
        #expect(log.allSatisfy { ($0["strand"] as? Int ?? -1) <= strands })
        let answers = try lines("answers")
        #expect(answers.contains { $0["asOf"] is String })
        #expect(answers.allSatisfy { $0["view"] as? String == "pulse" })
    }
}

/// Adds what it has counted in all its lives: no fold of it is like another.
private struct Leaky: Projector {
    struct State: ViewState {
        var count: Int64 = 0

        init() {}
        init(from reader: inout ByteReader) throws { count = try reader.readInt64() }
        func encode(into writer: inout ByteWriter) { writer.write(count) }
    }

    private static let steps = Mutex<Int64>(0)

    static let name = "leaky"
    static let version = 1
    static let parts: [Part<Leaky>] = []

    init(_ active: ActivePolicy) {}

    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
        state.count = Self.steps.withLock { steps in
            steps += 1
            return steps
        }
    }

    func unowned(_ event: borrowing EventView, _ sink: inout Sink) {
        sink.add(Self.steps.withLock { $0 }, to: Cell(1))
    }
}
