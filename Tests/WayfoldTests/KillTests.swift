import Foundation
import Testing

@testable import Wayfold

/// The short form of `tools/kill`.
@Suite(.enabled(if: Program.built != nil, "the program is not built"))
struct KillTests: Sendable {
    private static let parts = [
        "journey/map", "journey/edges", "lifecycle/customers", "lifecycle/transitions", "rfm/customers",
        "loyalty/members", "loyalty/totals",
    ]

    private let scratch = try! Scratch()
    private var program: Program { Program.built! }

    private func rows(_ data: String) throws -> [String] {
        try Self.parts.map {
            try program.run("query", $0, "--data", data, "--format", "csv", output: scratch.path + "/out")
        }
    }

    /// Runs a command again and again, killing it or its fold worker, until it has been killed `kills` times; then once
    /// more in peace.
    private func disturb(_ command: [String], kills: Int, _ dice: inout SeededGenerator) throws -> String {
        for kill in 0..<kills {
            let process = try program.start(command)
            usleep(UInt32.random(in: 20_000...300_000, using: &dice))
            let worker = kill % 3 == 0 ? [] : children(of: process.processIdentifier)
            if kill % 3 != 1 { Foundation.kill(process.processIdentifier, SIGKILL) }
            for child in worker { Foundation.kill(child, SIGKILL) }
            process.waitUntilExit()
        }
        let output = scratch.path + "/last"
        let process = try program.start(command, output: output)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return try String(contentsOfFile: output, encoding: .utf8)
    }

    private func children(of parent: Int32) -> [Int32] {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(parent)/task")) ?? []
        return tasks.flatMap { task in
            let text = try? String(contentsOfFile: "/proc/\(parent)/task/\(task)/children", encoding: .utf8)
            return (text ?? "").split(separator: " ").compactMap { Int32($0) }
        }
    }

    @Test func `imports and rebuilds that are killed give the same views, and no event twice or never`() async throws {
        try await blocking {
            var dice = SeededGenerator(seed: 11)
            var text = ""
            for index in 0..<1_000 {
                let day = (index / 5 % 28) + 1
                let isOrder = index % 3 == 0
                text += Sample.event(
                    "e\(index)", type: isOrder ? "order.paid" : "page.viewed", subject: "member:m\(index * 7 % 90)",
                    time: "2020-0\(index / 200 + 1)-\(day < 10 ? "0" : "")\(day)T10:00:00Z",
                    more: isOrder ? #""orderid":"o\#(index)","# : "",
                    data: isOrder ? #"{"total":{"amount":"\#(index % 40).50","currency":"EUR"}}"# : "{}")
            }
            let events = try scratch.file("events.ndjson", text)
            let (calm, killed) = (scratch.path + "/calm", scratch.path + "/killed")
            let out = scratch.path + "/out"
            _ = try program.run("import", events, "--clock", "occurred", "--data", calm, output: out)

            _ = try disturb(["import", events, "--clock", "occurred", "--data", killed], kills: 5, &dice)
            #expect(try rows(killed) == rows(calm))
            let rebuilt = try disturb(["rebuild", "--format", "csv", "--data", killed], kills: 3, &dice)
            #expect(rebuilt.split(separator: "\n").dropFirst().allSatisfy { $0.hasSuffix(",same") }, "\(rebuilt)")
            #expect(try rows(killed) == rows(calm))

            let again = try program.run("import", events, "--data", killed, output: out)
            #expect(again.contains(#""new":0,"duplicate":1000,"conflict":0,"refused":0"#))
            #expect(try program.run("status", "--data", killed, output: out).contains(#""events":1001"#))
            _ = try program.run("verify", "--deep", "--data", killed, output: out)
            #expect(!FileManager.default.fileExists(atPath: killed + "/owner.sock"))
        }
    }

    @Test func `three imports into a new folder at once share the work`() async throws {
        try await blocking {
            let data = scratch.path + "/data"
            let runs = try (0..<3).map { number in
                let events = (0..<700).map { Sample.event("\(number)-\($0)", subject: "member:\(number)-\($0 % 50)") }
                let file = try scratch.file("events\(number)", events.joined())
                return try program.start(["import", file, "--data", data], output: scratch.path + "/out\(number)")
            }
            for run in runs {
                run.waitUntilExit()
                #expect(run.terminationStatus == 0)
            }
            for number in 0..<3 {
                let summary = try String(contentsOfFile: scratch.path + "/out\(number)", encoding: .utf8)
                #expect(summary.contains(#""new":700,"duplicate":0,"conflict":0,"refused":0"#), "\(summary)")
            }
            #expect(
                try program.run("status", "--data", data, output: scratch.path + "/out").contains(#""events":2101"#))
            _ = try program.run("verify", "--deep", "--data", data, output: scratch.path + "/out")
        }
    }
}
