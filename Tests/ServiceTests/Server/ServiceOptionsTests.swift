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

    @Test func `each option is printed with the name that it has in the environment`() async throws {
        let yaml = ServiceOptions().yaml
        #expect(yaml.contains("\n  headerSeconds: 10  # WAYFOLD_LIMITS_HEADER_SECONDS\n"))
        #expect(yaml.contains("\n  # privateKey:  # WAYFOLD_TLS_PRIVATE_KEY\n"))
        #expect(yaml.hasPrefix("listen: \"127.0.0.1:7411\"  # WAYFOLD_LISTEN\nlogLevel: info  # WAYFOLD_LOG_LEVEL\n"))
        // And by that name it is read.
        for name in OptionNames.all where name.hasPrefix("limits.") {
            let options = try await Self.read([:], [OptionNames.variable(name): "77"])
            #expect(options != (try await Self.read()), "\(name)")
        }
        let options = try await Self.read([:], ["WAYFOLD_LOG_LEVEL": "error", "WAYFOLD_TLS_PRIVATE_KEY": "k.pem"])
        #expect(options.logLevel == "error" && options.privateKey == "k.pem")
    }

    @Test func `a name that there is not is an error that names the nearest, wherever it stands`() async throws {
        let scratch = try Scratch()
        func message(_ body: () async throws -> ServiceOptions) async -> String {
            do { return "taken: \(try await body())" } catch { return "\(error)" }
        }
        let flag = await message { try await Self.read(["limits.conections": "3"]) }
        #expect(flag.hasPrefix("there is no option limits.conections; did you mean limits.connections?"))
        let variable = await message { try await Self.read([:], ["WAYFOLD_LIMITS_HEADERSECONDS": "8"]) }
        #expect(variable.contains("WAYFOLD_LIMITS_HEADERSECONDS; did you mean WAYFOLD_LIMITS_HEADER_SECONDS?"))
        let files = [
            "limits:\n  conections: 3\n": ":2: there is no option limits.conections; did you mean limits.connections?",
            "loglevel: info\n": ":1: there is no option loglevel; did you mean logLevel?",
            "tls:\n  private-key: k.pem\n": "did you mean tls.privateKey?",
            "limits: 5\n": ":1: there is no option limits", "limits: [1, 2\n": "options.yaml: ",
            "limits:\n  lists: [1, 2]\n": ":2: limits.lists is no plain value",
            "- listen\n": "expected names of options",
        ]
        for (text, words) in files {
            let file = try scratch.file("options.yaml", text)
            let message = await message { try await Self.read(file: file) }
            #expect(message.contains(words), "\(message)")
        }
        let none = await message { try await Self.read(file: scratch.path + "/none.yaml") }
        #expect(none.contains("cannot be read"))
        let empty = try scratch.file("empty.yaml", "# nothing\nlimits:\ntls:\n  certificate:\n")
        #expect(try await Self.read(file: empty) == (try await Self.read()))
    }

    @Test(arguments: [
        ["logLevel": "foo"], ["limits.connections": "many"], ["limits.connections": "0"], ["limits.connection": "1"],
        ["listen": "here"],
        ["listen": "127.0.0.1:99999"], ["workspaces": "shop"], ["workspaces": "a=x,a=y"], ["tls.certificate": "c.pem"],
        ["jwt.keySet": "k.json"], ["listen": "no.such.host.invalid:0"], ["listen": "192.0.2.1:0"],
    ])
    func `an option that makes no sense is named`(flags: [String: String]) async throws {
        let name = flags.keys.first!.split(separator: ".")[0]
        let error = await #expect(throws: ServiceOptionsError.self) {
            let options = try await Self.read(flags)
            try options.check()
            try options.checkListening()
        }
        #expect(error?.description.contains(name) == true, "\(String(describing: error))")
    }
}
