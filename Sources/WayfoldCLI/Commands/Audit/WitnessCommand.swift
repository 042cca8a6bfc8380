import ArgumentParser
import Service
import Transparency
import Wayfold

struct WitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Co-sign checkpoints of logs, each only where it goes on from the one before.",
        discussion: """
            Example: on another machine, make the key of the witness, once; then serve. On the log's machine, have checkpoints co-signed.

              wayfold witness --dir witness --init --name witness.example/w1
              wayfold witness --dir witness --log shop.example/journeys+8f7739fd+AQOh... --listen 0.0.0.0:7412
              wayfold checkpoint --witness http://witness.example:7412 --witness-key witness.example/w1+...

            A witness (C2SP tlog-witness) keeps of each log the last checkpoint that it has co-signed, and co-signs nothing that does not \
            go on from it: whoever trusts it knows that the log was shown to nobody with another history.
            """)

    @Option(name: .customLong("dir"), help: ArgumentHelp("The folder of the witness.", valueName: "dir"))
    var path: String

    @Flag(name: .customLong("init"), help: "Make the key, and show by which others verify.")
    var isFirst = false

    @Option(help: ArgumentHelp("With --init: the name of the witness.", valueName: "name"))
    var name: String?

    @Option(
        name: .customLong("log"), help: ArgumentHelp("The key of a log to co-sign; may be repeated.", valueName: "key"))
    var logs: [String] = []

    @Option(help: ArgumentHelp("Where to listen.", valueName: "host:port"))
    var listen = "127.0.0.1:7412"

    func validate() throws {
        if isFirst != (name != nil) { throw ValidationError("--init and --name go together") }
        if isFirst != logs.isEmpty { throw ValidationError("name the logs to co-sign with --log") }
    }

    func run() async throws {
        if let name {
            return try Console.current.output(Array("\(try WitnessFolder.make(path, name: name))\n".utf8))
        }
        let keys = try logs.map { text in
            guard let key = NoteKey(text) else { throw UsageError("--log is \(text), which is no key of a log") }
            return key
        }
        let place = listen.split(separator: ":", maxSplits: 1)
        guard place.count == 2, let port = Int(place[1]), (0...65_535).contains(port) else {
            throw UsageError("--listen is \(listen), expected HOST:PORT")
        }
        let folder = try WitnessFolder(path, logs: keys)
        let console = Console.current
        try await WitnessProgram.run(folder, host: String(place[0]), port: port) {
            console.remark("wayfold: listening on \($0)")
        }
    }
}
