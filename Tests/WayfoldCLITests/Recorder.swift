import Projections
import Synchronization
import Wayfold

@testable import WayfoldCLI

/// Keeps what a command writes.
final class Recorder: Sendable {
    private let written = Mutex<(output: [UInt8], remarks: String)>(([], ""))

    var output: String { written.withLock { String(decoding: $0.output, as: UTF8.self) } }
    var remarks: String { written.withLock { $0.remarks } }

    func console(
        isTerminal: Bool = false, width: Int? = nil, environment: [String: String] = [:]
    ) -> Console {
        Console(
            output: { bytes in self.written.withLock { $0.output += bytes } },
            remarks: { text in self.written.withLock { $0.remarks += text } }, isOutputTerminal: isTerminal,
            areRemarksOnTerminal: isTerminal, width: width, environment: { environment[$0] })
    }

    /// Runs a command line and keeps what it writes.
    static func run(
        _ arguments: [String], catalogue: Catalogue = Catalogue([]), isTerminal: Bool = false, width: Int? = nil,
        environment: [String: String] = [:]
    ) async -> (status: ProgramStatus, output: String, remarks: String) {
        let recorder = Recorder()
        let console = recorder.console(isTerminal: isTerminal, width: width, environment: environment)
        // Views are folded by whoever reads them.
        let worker = ["/bin/bash", "-c", #"while read line; do echo "done 1"; [ "$line" = finish ] && exit 0; done"#]
        let status = await WayfoldProgram.$worker.withValue(worker) {
            await WayfoldProgram.run(arguments, catalogue: catalogue, console: console)
        }
        return (status, recorder.output, recorder.remarks)
    }

    /// What a writer makes of rows.
    static func rows(
        _ columns: [Column], _ rows: [Row], as format: OutputFormat, width: Int? = nil
    ) throws -> String {
        let recorder = Recorder()
        let output = TextOutput(to: recorder.console().output)
        var writer = format.writer(to: output, width: width)
        try writer.begin(columns)
        for row in rows { try writer.write(row) }
        try writer.end()
        try output.flush()
        return recorder.output
    }
}
