import Glibc
import LMDB
import Testing

@Suite struct DedicatedThreadTests {
    private actor Worker {
        let thread: DedicatedThread
        nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
        private(set) var threads: Set<UInt> = []
        private(set) var order: [Int] = []

        init(_ thread: DedicatedThread) { self.thread = thread }

        func work(_ number: Int) {
            threads.insert(UInt(pthread_self()))
            order.append(number)
        }

        func workAndWait(_ number: Int) async {
            work(number)
            await Task.yield()
            work(number)
        }

        nonisolated func insists() { assumeIsolated { _ in } }
        func checks() { insists() }
    }

    @Test func `an actor runs on one thread, and not on the caller's`() async {
        let worker = Worker(DedicatedThread())
        await withTaskGroup(of: Void.self) { group in
            for i in 0..<200 { group.addTask { await worker.workAndWait(i) } }
        }
        #expect(await worker.threads.count == 1)
        #expect(await worker.order.count == 400)
        await worker.checks()
    }

    @Test func `jobs of one caller keep their order`() async {
        let worker = Worker(DedicatedThread())
        for i in 0..<100 { await worker.work(i) }
        #expect(await worker.order == Array(0..<100))
    }

    @Test func `stopping waits for what was enqueued`() async {
        let thread = DedicatedThread()
        let worker = Worker(thread)
        await worker.work(1)
        #expect(await worker.order == [1])
        thread.stop()
        thread.stop()
    }

    @Test func `an actor writes to an environment from its thread`() async throws {
        actor Writer {
            let thread = DedicatedThread()
            nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
            let environment: Environment
            init(_ environment: Environment) { self.environment = environment }
            func append(_ number: UInt64) throws {
                try environment.write { txn in try txn.append([1], for: number, in: environment.table("a")) }
            }
        }
        let scratch = Scratch()
        let environment = try scratch.open()
        let writer = Writer(environment)
        for i in 0..<20 { try await writer.append(UInt64(i)) }
        #expect(try environment.read { txn in try txn.statistics(of: environment.table("a")).entries } == 20)
    }
}
