import ArgumentParser
import EventLog
import Touchpoints
import Wayfold

struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Prove that an event is in the log that was signed, or that the log has only grown.",
        discussion: """
            Example: a receipt of an event, and what whoever gets it does with it, without the log.

              wayfold prove A-1001 > A-1001.tlog-proof
              wayfold verify --proof A-1001.tlog-proof --key shop.example/journeys+8f7739fd+AQOh...

            Example: that the log of 109,482 events begins with the 73,000 of an earlier checkpoint.

              wayfold prove --from 73000 --to 109482

            A receipt (C2SP tlog-proof) holds what is stored of the event, the hashes up to the root, and the signed checkpoint; what is \
            personal is in it only as a hash, unless --personal is given.
            """)

    @OptionGroup var data: DataOption

    @Argument(help: ArgumentHelp("The id of an event.", valueName: "event-id"))
    var event: String?

    @Option(help: ArgumentHelp("Of the event with that id: its source, where several have one.", valueName: "source"))
    var source: String?

    @Option(help: ArgumentHelp("In the place of an id: where the event stands.", valueName: "position"))
    var position: UInt64?

    @Flag(name: .customLong("personal"), help: "Show its personal part, too, to whoever has the receipt.")
    var withPersonal = false

    @Option(help: ArgumentHelp("The size of the tree that was there before.", valueName: "size"))
    var from: UInt64?

    @Option(help: ArgumentHelp("The size of a signed checkpoint. (default: of the last one)", valueName: "size"))
    var to: UInt64?

    func validate() throws {
        guard [event != nil, position != nil, from != nil].count(where: \.self) == 1 else {
            throw ValidationError("name one event, by its id or its --position, or a size with --from")
        }
        if to != nil && from == nil { throw ValidationError("--to goes with --from") }
        if source != nil && event == nil { throw ValidationError("--source goes with an event's id") }
        if withPersonal && from != nil { throw ValidationError("--personal goes with an event") }
    }

    func run() throws {
        let folder = try data.open()
        let log = try LogReader(folder: folder)
        let position = try from == nil ? found(log, folder) : nil
        let progress = Progress("hashing the log", unit: "events")
        let tree = try LogTree(folder: folder) { progress.update($0, of: $1) }
        progress.end()
        let proof = EventProof(tree, try CheckpointFile.checkpoints(of: folder))
        let text: String
        if let from {
            text = try proof.consistency(from: from, to: to).description
        } else {
            text = try proof.receipt(of: position ?? .start, withPersonalOf: withPersonal ? log : nil).description
        }
        try Console.current.output(Array(text.utf8))
    }

    private func found(_ log: LogReader, _ folder: DataFolder) throws -> Position {
        if let position {
            guard position >= 1, position <= log.head.rawValue else {
                throw UsageError("there is no position \(position): the log ends at \(log.head)")
            }
            return Position(position)
        }
        let id = event ?? ""
        let positions = try log.positions(ofEvent: id, source: source, in: folder)
        guard let first = positions.first else { throw Failure("the log has no event with the id \(id)") }
        guard positions.count == 1 else {
            let all = positions.map { "\($0)" }.joined(separator: ", ")
            throw UsageError(
                "several events have the id \(id), at positions \(all): name the --source or the --position")
        }
        return first
    }
}
