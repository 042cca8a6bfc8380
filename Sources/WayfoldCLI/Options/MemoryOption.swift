import ArgumentParser
import Projections

/// The option `--memory` of the commands that fold a lot.
struct MemoryOption: ParsableArguments {
    @Option(
        name: .customLong("memory"),
        help: ArgumentHelp(
            "Memory for folding the views, about: 512M, 4G, at least 64M. Less of it makes a rebuild go over the log "
                + "more often. A process that has the data folder already keeps what it has. (default: 1G)",
            valueName: "size"),
        transform: { try MemoryOption.bytes($0) })
    var bytes = FoldTuning.standardMemory

    /// `64M`, `4G`: whole mebibytes or gibibytes.
    static func bytes(_ text: String) throws -> Int {
        let units: [Character: Int] = ["M": 1 << 20, "G": 1 << 30]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count > 0,
            case let (bytes, overflow) = count.multipliedReportingOverflow(by: unit), !overflow
        else { throw ValidationError("--memory is a whole number of mebibytes or gibibytes, as in 512M or 4G") }
        guard bytes >= FoldTuning.leastMemory else { throw ValidationError("--memory is at least 64M") }
        return bytes
    }
}
