import EventLog
import Foundation
import Testing

@testable import Wayfold

@Suite(.enabled(if: Program.built != nil, "the program is not built"))
struct RestorationTests {
    private static let parts = ["journey/map", "lifecycle/customers", "rfm/customers", "loyalty/members"]

    /// As they were known at a position: the record of the restoration moves the clock.
    private func rows(_ data: String, _ position: Position, _ scratch: Scratch) throws -> [String] {
        try Self.parts.map {
            try Program.built!.run(
                "query", $0, "--data", data, "--as-known", "\(position)", "--format", "csv",
                output: scratch.path + "/rows")
        }
    }

    @Test func `a backup that is killed is a whole one of a shorter log, and what is restored answers the same`()
        async throws
    {
        let scratch = try Scratch()
        _ = try await Shop(scratch, customers: 400)
        let (program, place, again) = (Program.built!, scratch.path + "/backup", scratch.path + "/again")
        try await blocking {
            var dice = SeededGenerator(seed: 5)
            for _ in 0..<8 {
                let process = try program.start(["backup", place, "--data", scratch.data])
                usleep(UInt32.random(in: 1_000...60_000, using: &dice))
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                if let backup = try? LogBackup(openingAt: place), FileManager.default.fileExists(atPath: place + "/log")
                {
                    let trial = scratch.path + "/trial"
                    _ = try backup.restore(to: trial, epoch: 2)
                    #expect(try LogVerifier(folder: DataFolder(openingAt: trial)).verify().isEmpty)
                    try FileManager.default.removeItem(atPath: trial)
                }
            }
            let out = scratch.path + "/printed"
            let told = try program.run("backup", place, "--data", scratch.data, output: out)
            #expect(told.contains(#""epoch":1"#))
            let restored = try program.run("restore", place, "--data", again, output: out)
            let head = try LogReader(folder: DataFolder(openingAt: scratch.data)).head
            #expect(restored.contains(#""position":\#(head),"#) && restored.contains(#""resend_from":\#(head.next)"#))
            #expect(
                try LogReader(folder: DataFolder(openingAt: again)).head == head.next, "the restoration is recorded")
            let (before, after) = (try rows(scratch.data, head, scratch), try rows(again, head, scratch))
            #expect(before == after)
        }
    }

    @Test func `a log that was written as text while it was served comes back, and answers the same`() async throws {
        let scratch = try Scratch()
        _ = try await Shop(scratch, customers: 100)
        let (program, text, again) = (Program.built!, scratch.path + "/text", scratch.path + "/again")
        try await blocking {
            let out = scratch.path + "/printed"
            let told = try program.run("log", "export", text, "--data", scratch.data, output: out)
            #expect(told.contains(#""events":601"#) && told.contains(#""epoch":1"#))
            let restored = try program.run("log", "import", text, "--data", again, output: out)
            #expect(restored.contains(#""position":601,"#) && restored.contains(#""resend_from":602"#))
            let log = try LogReader(folder: DataFolder(openingAt: again))
            #expect(log.head == Position(602) && log.epoch > 1)
            #expect(try log.dictionaries.name(of: log.event(at: log.head).type) == "admin.log.restored")
            let (before, after) = (
                try rows(scratch.data, Position(601), scratch), try rows(again, Position(601), scratch)
            )
            #expect(before == after)
            #expect(throws: Program.Failed.self) {
                try program.run("log", "import", text, "--data", again, output: out)
            }
        }
    }
}
