import ArgumentParser
import Foundation
import Wayfold

/// Scans JSON, line by line; and decodes it with Foundation's JSONDecoder, of which only the envelope is asked.
struct Scan: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "json", abstract: "Scan a file of JSON lines.")

    @Argument(help: "A file of CloudEvents, one a line.")
    var file: String

    @Option(help: "Passes over the file, behind one that is not measured.")
    var passes = 3

    private struct Envelope: Decodable {
        var id: String
        var source: String
        var type: String
        var subject: String
        var time: String
        var channel: String
    }

    func run() throws {
        let lines = [UInt8](try Data(contentsOf: URL(filePath: file))).split(separator: 10)
        var tape = JSONTape()
        func scan() throws { for line in lines { try tape.scan(line) } }
        try scan()
        let scanning = try Measured.seconds { for _ in 0..<passes { try scan() } }
        let decoder = JSONDecoder()
        let some = lines.prefix(20_000).map { Data($0) }
        let decoding = try Measured.seconds { for line in some { _ = try decoder.decode(Envelope.self, from: line) } }
        var figures = Figures()
        figures.add("rate", Double(passes * lines.count) / scanning)
        figures.add("decoder", Double(some.count) / decoding)
        figures.print()
    }
}
