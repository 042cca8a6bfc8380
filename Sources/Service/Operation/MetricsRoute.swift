import EventLog
import Glibc
import HTTPTypes
import Hummingbird
import Projections
import Wayfold

/// `GET /metrics` for Prometheus.
struct MetricsRoute: Sendable {
    let metrics: ServiceMetrics
    let room: IntakeRoom
    let lanes: QueryLanes
    let shelf: ListShelf
    let streams: StreamRoom

    func get(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly([])
        let workspace = call.workspace
        let text = try await lanes.short.run { [self] in metrics.text + gauges + (try Self.gauges(of: workspace)) }
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private var gauges: String {
        Self.gauge("wayfold_append_waiting_bytes", "Bytes of events that wait for the disk.", room.takenByteCount)
            + Self.gauge("wayfold_queries", "Queries that are answered or wait for it.", lanes.queryCount)
            + Self.gauge("wayfold_lists", "Lists that are paged through.", shelf.listCount)
            + Self.gauge("wayfold_streams", "Event streams that are open.", streams.streamCount)
            + Self.gauge("process_resident_memory_bytes", "Memory of this process.", ProcessFigures.residentByteCount)
    }

    private static func gauges(of workspace: Workspace) throws -> String {
        var text = ""
        try workspace.views.read { answers in
            let head = answers.log.head
            text += gauge("wayfold_log_position", "The last position of the log.", Int(head.rawValue))
            text += gauge(
                "wayfold_disk_free_bytes", "Free on the data folder's disk.", ProcessFigures.free(at: workspace))
            var lags = ServiceMetrics.head(
                "wayfold_view_lag_events", "gauge", "Events behind what a view has written back.")
            var seconds = ServiceMetrics.head(
                "wayfold_view_lag_seconds", "gauge", "Recorded time behind what a view has written back.")
            var aside = ServiceMetrics.head("wayfold_view_set_aside", "gauge", "Customers that a view has set aside.")
            for view in answers.catalogue.names {
                guard let status = try answers.status(of: view) else { continue }
                let checkpoint = min(status.checkpoint, head)
                let lag = head.rawValue - checkpoint.rawValue
                let since = checkpoint > .start ? try answers.log.recordedTime(at: checkpoint) : answers.log.clock
                let time = Double(answers.log.clock.rawValue - since.rawValue) / 1e6
                lags += "wayfold_view_lag_events{view=\"\(view)\"} \(lag)\n"
                seconds += "wayfold_view_lag_seconds{view=\"\(view)\"} \(time)\n"
                aside += "wayfold_view_set_aside{view=\"\(view)\"} \(status.setAside.count)\n"
            }
            text += lags + seconds + aside
        }
        return text
    }

    private static func gauge(_ name: String, _ help: String, _ value: Int) -> String {
        ServiceMetrics.head(name, "gauge", help) + "\(name) \(value)\n"
    }
}

/// What the system says.
enum ProcessFigures {
    static var residentByteCount: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
            separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * Int(getpagesize()) : 0
    }

    static func free(at workspace: Workspace) -> Int {
        var status = statvfs()
        guard statvfs(workspace.folder.path, &status) == 0 else { return 0 }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }
}
