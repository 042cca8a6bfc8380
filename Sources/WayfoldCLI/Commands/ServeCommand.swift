import ArgumentParser
import Foundation
import Service

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "The HTTP service: take events, answer queries, show the pages.",
        discussion: """
            Example: serve ./wayfold-data on this machine; and two workspaces to others, with TLS.

              wayfold serve
              wayfold serve --listen 0.0.0.0:7411 --workspace shop=/var/lib/shop --workspace bank=/var/lib/bank --config tls.yaml

            where tls.yaml says

              tls:
                certificate: /etc/wayfold/cert.pem
                privateKey: /etc/wayfold/key.pem

            Options come from the command line, else from the environment (WAYFOLD_LISTEN, WAYFOLD_LIMITS_CONNECTIONS), \
            else from the file of --config (YAML); --print-config shows all of them as they are in force.

            Until a key was made (wayfold key create) whoever is on this machine may do everything, and nobody else can come \
            in. SIGTERM and SIGINT end the service: what was accepted is finished, folded and written back.
            """)

    @OptionGroup var data: DataOption

    @Option(help: ArgumentHelp("Where to listen. (default: 127.0.0.1:7411)", valueName: "host:port"))
    var listen: String?

    @Option(help: ArgumentHelp("A data folder by the name of its workspace; may be repeated.", valueName: "name=dir"))
    var workspace: [String] = []

    @Option(help: ArgumentHelp("A file with options (YAML).", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Any option by its name; may be repeated.", valueName: "name=value"))
    var set: [String] = []

    @Flag(name: .customLong("print-config"), help: "Show the options in force, and end.")
    var printsConfig = false

    func run() async throws {
        var sources = ServeProgram.Sources(folder: data.path)
        sources.environment = ProcessInfo.processInfo.environment
        sources.file = config
        sources.flags = try flags
        guard !printsConfig else {
            return try Console.current.output(Array(try await ServeProgram.configuration(sources).utf8))
        }
        let console = Console.current
        try await ServeProgram.run(sources, catalogue: WayfoldProgram.catalogue, worker: WayfoldProgram.worker) {
            console.remark("wayfold: listening on \($0)")
        }
    }

    private var flags: [String: String] {
        get throws {
            var flags: [String: String] = [:]
            for text in set {
                let words = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard words.count == 2, flags.updateValue(words[1], forKey: words[0]) == nil else {
                    throw ValidationError("--set is \(text), expected NAME=VALUE, each name once")
                }
            }
            if let listen { flags["listen"] = listen }
            if !workspace.isEmpty { flags["workspaces"] = workspace.joined(separator: ",") }
            return flags
        }
    }
}
