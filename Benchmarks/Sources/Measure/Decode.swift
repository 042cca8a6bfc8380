import ArgumentParser
import Wayfold

/// Reads the fields that folds read most from every event of a log, block by block; what rivals/decode.c does, too.
struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Read time, type, strand and money of every event.")

    @Argument(help: "A data folder.")
    var data: String

    @Option(help: "Passes over the log, behind one that is not measured.")
    var passes = 3

    func run() throws {
        let log = try LogReader(folder: DataFolder(openingAt: data))
        var sum = try pass(log)
        let time = try Measured.seconds { for _ in 0..<passes { sum = try pass(log) } }
        var figures = Figures()
        figures.add("rate", Double(passes) * Double(log.head.rawValue) / time)
        figures.add("sum", Int(truncatingIfNeeded: sum))
        figures.print()
    }

    /// A sum over the fields, the same as in C.
    private func pass(_ log: LogReader) throws -> Int64 {
        var sum: Int64 = 0
        try log.forEachBlock(Position(1)...log.head) { block in
            for index in 0..<block.count {
                let event = block.event(index)
                sum &+= event.time.rawValue &+ Int64(event.type.rawValue) &+ Int64(event.strand.rawValue)
                if let money = event.money { sum &+= money.minorUnits }
            }
        }
        return sum
    }
}
