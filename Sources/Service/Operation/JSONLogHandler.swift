import Glibc
import Logging
import Touchpoints
import Wayfold

/// Writes the log as a JSON object a line, for whoever collects it.
struct JSONLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    private let label: String
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes one line at a time; standard error by default.
    init(label: String, write: @escaping @Sendable (String) -> Void = Self.writeToStandardError) {
        self.label = label
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields: [(name: String, report: Report)] = [
            ("time", .value(.time(SystemClock.now()))), ("level", .text(event.level.rawValue)),
            ("message", .text("\(event.message)")),
        ]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) {
            fields.append((name == "hb.request.id" ? "request_id" : name, .text("\(value)")))
        }
        write(Report.fields(fields).json + "\n")
    }

    private static func writeToStandardError(_ line: String) {
        let bytes = Array(line.utf8)
        _ = Glibc.write(2, bytes, bytes.count)
    }
}
