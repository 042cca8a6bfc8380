import Dispatch
import Foundation
import Testing
import Touchpoints

@testable import EventLog

struct AppendQueueTests {
    private let queue = AppendQueue()

    /// Waits in the queue until it is answered; whether the writer was to be called for it.
    private func enter(_ id: Int, isStrict: Bool = false) -> Task<Bool, Never> {
        Task {
            var options = AppendOptions()
            options.isStrict = isStrict
            var isFirst = false
            _ = await withCheckedContinuation { continuation in
                let batch = DraftBatch([TestEvent(id: id)])
                isFirst = queue.append(.init(batch: batch, options: options, continuation: continuation))
            }
            return isFirst
        }
    }

    /// The same, and it is there when this returns.
    private func entered(_ id: Int, isStrict: Bool = false) async throws -> Task<Bool, Never> {
        let before = queue.count
        let task = enter(id, isStrict: isStrict)
        while queue.count == before { try await Task.sleep(for: .milliseconds(1)) }
        return task
    }

    private func answer(_ group: [AppendQueue.Waiting]) {
        for next in group { next.continuation.resume(returning: .success([])) }
    }

    /// On a thread of its own, as the writer does.
    private func wait(for count: Int, until deadline: DispatchTime) async -> Bool {
        await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: queue.wait(for: count, until: deadline)) }.start()
        }
    }

    @Test func `what waits is one group, a strict batch goes alone, and the writer is called by the first`()
        async throws
    {
        for _ in 0..<2 {
            var tasks: [Task<Bool, Never>] = []
            for id in 0..<4 { tasks.append(try await entered(id, isStrict: id == 2)) }
            var sizes: [Int] = []
            while let group = queue.takeGroup() {
                sizes.append(group.count)
                answer(group)
            }
            #expect(sizes == [2, 1, 1])
            var calls: [Bool] = []
            for task in tasks { calls.append(await task.value) }
            #expect(calls == [true, false, false, false])
        }
    }

    @Test func `who waits for so many wakes when they are there, or at the deadline`() async throws {
        #expect(await !wait(for: 1, until: .now() + 0.05))
        #expect(await wait(for: 1, until: .now()))
        var tasks = [try await entered(1)]
        let start = DispatchTime.now()
        #expect(await wait(for: 1, until: start + 600))
        async let waited = wait(for: 3, until: start + 600)
        for id in 2...3 { tasks.append(try await entered(id)) }
        #expect(await waited)
        #expect(DispatchTime.now() < start + 300)
        // No signal is left over.
        let later = DispatchTime.now() + 0.05
        #expect(await !wait(for: 4, until: later))
        #expect(DispatchTime.now() >= later)
        while let group = queue.takeGroup() { answer(group) }
        for task in tasks { _ = await task.value }
    }

    @Test func `nobody is lost, and the writer does not sleep on, where deadlines and arrivals meet`() async {
        let count = 2_000
        let writer = Thread {
            var taken = 0
            while taken < count {
                _ = queue.wait(for: 3, until: .now() + .microseconds(Int.random(in: 0...60)))
                guard let group = queue.takeGroup() else { continue }
                taken += group.count
                answer(group)
            }
        }
        writer.start()
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<4 {
                group.addTask { for id in 0..<count / 4 { _ = await enter(lane * count + id).value } }
            }
        }
        #expect(queue.takeGroup() == nil)
    }
}
