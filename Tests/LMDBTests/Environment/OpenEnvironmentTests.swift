import CLMDB
import Glibc
import LMDB
import Testing

@Suite struct OpenEnvironmentTests {
    let scratch = Scratch()

    @Test(arguments: [0, 1, 4096, 8192, 40_000])
    func `a truncated file is refused and left alone`(bytes: Int) throws {
        let environment = try scratch.open()
        try environment.write { txn in
            try txn.put([UInt8](repeating: 1, count: 100_000), for: UInt64(1), in: environment.table("a"))
        }
        environment.close()
        #expect(truncate(scratch.dataPath, bytes) == 0)
        guard case .truncated(let found, let needed)? = reason({ _ = try scratch.open() }) else {
            Issue.record("a file cut to \(bytes) bytes was opened")
            return
        }
        #expect(found == bytes)
        #expect(needed > found)
        var file = stat()
        #expect(stat(scratch.dataPath, &file) == 0 && file.st_size == bytes)
    }

    @Test func `a file without its last page is refused`() throws {
        let environment = try scratch.open()
        let bytes = try environment.usedBytes()
        environment.close()
        #expect(truncate(scratch.dataPath, bytes - 1) == 0)
        let expected = LMDBError.Reason.truncated(fileBytes: UInt64(bytes - 1), neededBytes: UInt64(bytes))
        #expect(reason { _ = try scratch.open() } == expected)
    }

    @Test func `a file whose last pages were taken and freed in one transaction opens again`() throws {
        var environment = try scratch.open()
        let table = environment.table("a")
        for round in 1...40 {
            try environment.write { txn in
                for i in 0..<UInt64(round) {
                    try txn.put([UInt8](repeating: 1, count: round * 3_000), for: i, in: table)
                }
                for i in 0..<UInt64(round) where (i + UInt64(round)) % 3 > 0 { try txn.delete(i, in: table) }
            }
            environment.close()
            environment = try scratch.open()
            let kept = (0..<UInt64(round)).filter { ($0 + UInt64(round)) % 3 == 0 }
            for i in kept { #expect(try environment.read { txn throws in try txn.contains(i, in: table) }) }
        }
    }

    @Test func `a commit that the system fails is in doubt and the last`() async {
        await #expect(processExitsWith: .exitCode(42)) {
            let scratch = Scratch()
            let environment = try scratch.open()
            let table = environment.table("a")
            try environment.put([1], 1)
            // No file of this process may grow beyond 64 KiB: writing the pages of the commit fails.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 65_536, rlim_max: 65_536)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let doubt = reason { try environment.put([UInt8](repeating: 2, count: 200_000), 2) }
            let after = reason { try environment.put([3], 3) }
            let old = try environment.read { txn in try txn.copy(table, UInt64(1)) }
            guard case .commitUnknown? = doubt, after == .writesRefused, old == [1] else { exit(1) }
            exit(42)
        }
    }

    @Test func `a write inside a write traps`() async {
        await #expect(processExitsWith: .failure) {
            let scratch = Scratch()
            let environment = try scratch.open()
            // Without the trap the thread would wait for itself until the alarm, and the process end well.
            signal(SIGALRM) { _ in _exit(0) }
            alarm(20)
            try? environment.nestWrites()
            exit(0)
        }
    }
}
