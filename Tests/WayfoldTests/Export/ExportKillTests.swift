import Digests
import Foundation
import Testing

@testable import Wayfold

@Suite(.enabled(if: Program.built != nil, "the program is not built"))
struct ExportKillTests {
    @Test func `an export that is killed leaves the one before it whole, or has taken its place whole`() async throws {
        let scratch = try Scratch()
        _ = try await Shop(scratch, customers: 400)
        let (program, place) = (Program.built!, scratch.path + "/out")
        let arguments = ["export", "--data", scratch.data, "--to", place, "--format"]
        try await blocking {
            var dice = SeededGenerator(seed: 17)
            _ = try program.start(arguments + ["csv"]).waitUntilExit()
            for kill in 0..<12 {
                let process = try program.start(arguments + [kill.isMultiple(of: 2) ? "ndjson" : "csv"])
                usleep(UInt32.random(in: 1_000...400_000, using: &dice))
                Foundation.kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                let manifest = try #require(ExportManifest(of: ExportTarget(place)))
                #expect(manifest.parts.count >= 18)
                #expect(try scratch.names(in: "out") == (manifest.files.map(\.name) + ["manifest.json"]).sorted())
                for file in manifest.files {
                    let bytes = Array(try Data(contentsOf: URL(filePath: place + "/" + file.name)))
                    #expect(file.sha256 == "\(SHA256.digest(of: bytes))", "\(file.name)")
                }
            }
            let last = try program.start(arguments + ["csv"])
            last.waitUntilExit()
            #expect(last.terminationStatus == 0)
            #expect(try scratch.names() == ["data", "events.ndjson", "out"])
        }
    }
}
