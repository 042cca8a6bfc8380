import Foundation
import Synchronization
import Testing

@testable import Service

struct QueryPoolTests {
    private final class Done: Sendable {
        let names = Mutex<[String]>([])
    }

    @Test func `callers take turns, each with the first of theirs`() {
        var turns = QueryTurns<String>()
        #expect(turns.next() == nil)
        for job in ["a1", "a2", "a3", "b1", "c1", "b2"] { turns.add(job, of: String(job.prefix(1))) }
        #expect(turns.next() == "a1")
        turns.add("c2", of: "c")
        turns.add("d1", of: "d")
        var rest: [String] = []
        while let job = turns.next() { rest.append(job) }
        #expect(rest == ["b1", "c1", "a2", "d1", "b2", "c2", "a3"])
    }

    /// A pool of one thread, which is held up until `body` has said what else is asked.
    private func order(_ asked: [(caller: String, name: String)]) async throws -> [String] {
        let pool = QueryPool(threads: 1, waiting: 20)
        let gate = DispatchSemaphore(value: 0)
        let done = Done()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run(for: "first") { gate.wait() } }
            for (index, query) in asked.enumerated() {
                let (caller, name) = query
                try await eventually { pool.queryCount == index + 1 }
                group.addTask { try await pool.run(for: caller) { done.names.withLock { $0.append(name) } } }
            }
            try await eventually { pool.queryCount == asked.count + 1 }
            gate.signal()
            try await group.waitForAll()
        }
        try await pool.close()
        #expect(pool.queryCount == 0)
        return done.names.withLock { $0 }
    }

    @Test func `who asks much waits for himself alone`() async throws {
        let asked = (1...5).map { ("a", "a\($0)") } + [("b", "b1"), ("c", "c1")]
        #expect(try await order(asked) == ["a1", "b1", "c1", "a2", "a3", "a4", "a5"])
    }

    @Test func `the last quarter of the room is for those who have nothing in it`() async throws {
        let pool = QueryPool(threads: 1, waiting: 7)
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { try await pool.run(for: "a") { gate.wait() } } }
            try await eventually { pool.queryCount == 6 }
            await #expect(throws: Problem.self) { try await pool.run(for: "a") {} }
            group.addTask { try await pool.run(for: "b") {} }
            try await eventually { pool.queryCount == 7 }
            for _ in 0..<6 { gate.signal() }
            try await group.waitForAll()
        }
        try await pool.close()
    }

    @Test func `what is cancelled while it waits is not begun`() async throws {
        let pool = QueryPool(threads: 1, waiting: 7)
        let gate = DispatchSemaphore(value: 0)
        let isBegun = Atomic(false)
        let held = Task { try await pool.run(for: "a") { gate.wait() } }
        try await eventually { pool.queryCount == 1 }
        let gone = Task { try await pool.run(for: "b") { isBegun.store(true, ordering: .relaxed) } }
        try await eventually { pool.queryCount == 2 }
        gone.cancel()
        gate.signal()
        try await held.value
        await #expect(throws: CancellationError.self) { try await gone.value }
        let wasBegun = isBegun.load(ordering: .relaxed)
        #expect(!wasBegun)
        try await pool.close()
    }
}
