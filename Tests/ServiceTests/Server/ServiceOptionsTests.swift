import Foundation
import Testing

@testable import Service

@Suite struct ServiceOptionsTests {
    private static func read(
        _ flags: [String: String] = [:], _ environment: [String: String] = [:], file: String? = nil
    ) async throws -> ServiceOptions {
        try await ServiceOptions.read(flags: flags, environment: environment, file: file, folder: "data")
    }

    @Test func `without anything said, this machine alone is served from one folder`() async throws {
        let options = try await Self.read()
        var standard = ServiceOptions()
        standard.workspaces = ["default": "data"]
        #expect(options == standard)
        try options.check()
    }

    @Test func `flags go before the environment, and that before the file`() async throws {
        let scratch = try Scratch()
        let file = try scratch.file(
            "options.yaml",
            """
            listen: "0.0.0.0:80"
            logLevel: error
            limits:
              connections: 5
              lists: 6
              queries: 7
            """)
        let options = try await Self.read(
            ["limits.connections": "1"],
            ["WAYFOLD_LIMITS_CONNECTIONS": "2", "WAYFOLD_LIMITS_LISTS": "3", "WAYFOLD_DATA": "x"], file: file)
        #expect(options.limits.connections == 1)
        #expect(options.limits.lists == 3)
        #expect(options.limits.queries == 7)
        #expect(options.host == "0.0.0.0")
        #expect(options.port == 80)
        #expect(options.logLevel == "error")
    }

    @Test func `what is printed is read again as the same`() async throws {
        let scratch = try Scratch()
        var options = try await Self.read(
            [
                "listen": "[::1]:9", "workspaces": "shop=/a,bank=/b", "tls.certificate": "c.pem",
                "tls.privateKey": "k.pem",
            ])
        options.limits.bodyByteCount = 123
        #expect(options.host == "::1")
        let again = try await Self.read(file: try scratch.file("printed.yaml", options.yaml))
        #expect(again == options)
    }

    @Test(arguments: [
        ["limits.connections": "many"], ["limits.connections": "0"], ["limits.connection": "1"], ["listen": "here"],
        ["listen": "127.0.0.1:99999"], ["workspaces": "shop"], ["workspaces": "a=x,a=y"], ["tls.certificate": "c.pem"],
        ["jwt.keySet": "k.json"],
    ])
    func `an option that makes no sense is named`(flags: [String: String]) async throws {
        let name = flags.keys.first!.split(separator: ".")[0]
        let error = await #expect(throws: ServiceOptionsError.self) { try await Self.read(flags).check() }
        #expect(error?.description.contains(name) == true, "\(String(describing: error))")
    }
}
