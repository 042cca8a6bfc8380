import ArgumentParser
import EventLog
import Service
import Touchpoints
import Transparency
import Wayfold

struct CheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Sign how the log stands, so that others can tell that it was not altered.",
        discussion: """
            Example: make the key, once; then sign, every hour or after each close of books, and keep the answer elsewhere.

              wayfold checkpoint --init --origin shop.example/journeys
              wayfold checkpoint > /mnt/elsewhere/2026-03-31.checkpoint

            By custom a log's name is an address without its scheme. A signed checkpoint (C2SP tlog-checkpoint) says how \
            many events there are, and the root of a tree of hashes over them: \
            `wayfold verify --checkpoint FILE` holds the log against one. Before it signs, the log is hashed anew and held against \
            what was signed last; where that is not the beginning of today's log, nothing is signed.
            """)

    @OptionGroup var data: DataOption

    @Flag(name: .customLong("init"), help: "Make the key, and show by which others verify.")
    var isFirst = false

    @Option(
        help: ArgumentHelp(
            "With --init: the name of the log, nobody else's. (default: one is made up)", valueName: "name"))
    var origin: String?

    @Flag(name: .customLong("key"), help: "Sign nothing, and show by which key others verify.")
    var showsKey = false

    @Option(
        help: ArgumentHelp(
            "Also write what is signed as files for a web server (C2SP tlog-tiles).", valueName: "dir"))
    var tiles: String?

    @Option(help: ArgumentHelp("Also have it co-signed by the witness there.", valueName: "url"))
    var witness: String?

    @Option(
        name: .customLong("witness-key"), help: ArgumentHelp("The key of the witness.", valueName: "key"))
    var witnessKey: String?

    func validate() throws {
        if (witness == nil) != (witnessKey == nil) { throw ValidationError("--witness and --witness-key go together") }
        if (isFirst || showsKey) && witness != nil { throw ValidationError("--witness co-signs what is signed") }
        if origin != nil && !isFirst { throw ValidationError("--origin goes with --init") }
        if (isFirst || showsKey) && tiles != nil { throw ValidationError("--tiles writes what is signed") }
        if isFirst && showsKey { throw ValidationError("--init shows the key") }
    }

    func run() async throws {
        let folder = try data.open()
        if isFirst { return try show(folder.makeSigningKey(origin: origin).key) }
        let signer = try CheckpointSigner(folder: folder)
        if showsKey { return try show(signer.key) }
        let progress = Progress("hashing the log", unit: "events")
        var checkpoint = try signer.sign { progress.update($0, of: $1) }
        progress.end()
        if let witness { checkpoint = try await cosigned(checkpoint, by: witness, folder) }
        if let tiles { try TileFolder(tiles).write(checkpoint, LogTree(folder: folder)) }
        try Console.current.output(Array(checkpoint.description.utf8))
    }

    private func cosigned(
        _ checkpoint: SignedCheckpoint, by url: String, _ folder: DataFolder
    ) async throws -> SignedCheckpoint {
        guard let client = WitnessClient(url: url) else { throw UsageError("--witness is \(url), which is no URL") }
        guard let key = NoteKey(witnessKey ?? "") else { throw UsageError("--witness-key is no key") }
        return try await Cosigning(folder: folder, witness: key).cosign(checkpoint) { try await client.post($0) }
    }

    private func show(_ key: NoteKey) throws { try Console.current.output(Array("\(key)\n".utf8)) }
}
