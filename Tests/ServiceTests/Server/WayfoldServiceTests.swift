import Foundation
import Testing

@testable import Service

@Suite struct WayfoldServiceTests {
    @Test func `a second service on a folder says who owns it, and does not wait`() async throws {
        let scratch = try Scratch()
        let first = try await TestService.make(scratch)
        let error = await #expect(throws: FolderOwned.self) { try await TestService.make(scratch) }
        #expect(error?.description.contains("is owned by process \(getpid())") == true)
        for workspace in first.workspaces { try await workspace.session.finish() }
        let second = try await TestService.make(scratch)
        for workspace in second.workspaces { try await workspace.session.finish() }
    }

    @Test func `what is wrong with the options is told before there is a folder`() async throws {
        let scratch = try Scratch()
        let changes: [(inout ServiceOptions) -> Void] = [
            { $0.host = "0.0.0.0" }, { $0.host = "192.0.2.1" }, { $0.logLevel = "loud" },
            { ($0.keySet, $0.issuer, $0.audience) = (scratch.path + "/none.json", "i", "a") },
        ]
        for change in changes {
            await #expect(throws: ServiceOptionsError.self) { try await TestService.make(scratch, ["default"], change) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [])
    }

    @Test func `a port that somebody listens on already is told before there is a folder`() async throws {
        try await LiveService.with { live in
            let scratch = try Scratch()
            let error = await #expect(throws: ServiceOptionsError.self) {
                try await TestService.make(scratch) { $0.port = live.port }
            }
            #expect(error?.description.contains("\(live.port)") == true)
            // On the same folder, too, its owner is what matters.
            let folder = live.service.workspaces[0].folder.path
            await #expect(throws: FolderOwned.self) {
                try await TestService.make(scratch) { ($0.port, $0.workspaces) = (live.port, ["default": folder]) }
            }
            #expect(!FileManager.default.fileExists(atPath: scratch.path + "/default"))
        }
    }
}
