import Testing

struct ImportTests {
    /// The targets in the order in which data flows through them: each imports only what stands before it.
    private static let order = [
        "CLMDB", "CCrypto", "CZlib", "CZstd", "CSQLite", "CLinux", "CProcessor", "LMDB", "Digests", "Transparency",
        "Touchpoints",
        "Policies",
        "Ingest", "EventLog", "Projections", "Views", "Wayfold", "Count", "Simulation", "Simulate", "WayfoldTesting",
        "Service", "WayfoldCLI", "Program",
    ]

    /// What the targets without effects may import.
    private static let pure: [String: Set<String>] = [
        "Transparency": ["Digests"],
        "Touchpoints": ["CProcessor"],
        "Policies": ["Touchpoints", "Yams"],
        "Ingest": ["Touchpoints", "Policies", "Digests", "CZlib", "CZstd", "Yams"],
        "Views": ["Touchpoints", "Policies", "Projections"],
    ]

    @Test func `every folder of sources is a target that has its place`() throws {
        #expect(Set(try SourceTree.names(in: "Sources")) == Set(Self.order))
    }

    @Test func `a target imports only what stands above it`() throws {
        for file in try SourceTree.sources.get() {
            let place = try #require(Self.order.firstIndex(of: file.target))
            for name in file.imports {
                guard let other = Self.order.firstIndex(of: name) else { continue }
                #expect(other < place, "\(file) imports \(name)")
            }
        }
    }

    @Test(arguments: pure.keys.sorted())
    func `a pure target imports nothing that has effects`(target: String) throws {
        for file in try SourceTree.files(in: "Sources/\(target)", ending: ".swift") {
            for name in file.imports { #expect(Self.pure[target]!.contains(name), "\(file) imports \(name)") }
        }
    }

    /// Clocks, randomness, files, tasks and the environment, which Swift gives without an import or through another's.
    private static let effects = [
        "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "Task", "TaskGroup", "Thread", "async",
        "FileManager", "FileHandle", "ProcessInfo", "random", "shuffled", "shuffle", "randomElement",
        "SecureRandom", "getenv", "fopen", "gettimeofday", "clock_gettime", "print",
    ]

    @Test(arguments: pure.keys.sorted())
    func `a pure target names no clock, randomness, file or task`(target: String) throws {
        let effects = Set(Self.effects)
        for file in try SourceTree.files(in: "Sources/\(target)", ending: ".swift") {
            for (number, line) in file.codeLines.enumerated() {
                let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
                // A word in a text, such as a field's name, is no effect.
                guard !line.contains("\""), let word = words.first(where: effects.contains) else { continue }
                Issue.record("\(file):\(number + 1) names \(word)")
            }
        }
    }
}
