import EventLog
import HTTPTypes
import Hummingbird
import Projections
import Wayfold

/// `GET /metrics` for Prometheus: of the caller's own workspace, or of all for who has the scope `admin`.
struct MetricsRoute: Sendable {
    let metrics: ServiceMetrics
    let workspaces: [Workspace]
    let room: IntakeRoom
    let bodies: IntakeRoom
    let lanes: QueryLanes
    let shelf: ListShelf
    let streams: StreamRoom
    /// Where the folders are looked at: not where queries wait.
    let threads: QueryPool

    func get(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly([])
        let seen = call.caller.scopes.contains(.admin) ? workspaces : [call.workspace]
        let text = try await threads.run(for: call.caller.turn) { [self] in
            var text = PrometheusText()
            metrics.write(seen.map(\.name), to: &text)
            writeGauges(to: &text)
            WorkspaceFigures.write(try seen.map { try WorkspaceFigures(of: $0) }, to: &text)
            return text.text
        }
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func writeGauges(to text: inout PrometheusText) {
        text.gauge("wayfold_append_waiting_bytes", "Bytes of events that wait for the disk.", room.takenByteCount)
        text.gauge("wayfold_body_bytes", "Bytes held of bodies that come.", bodies.takenByteCount)
        text.gauge("wayfold_queries", "Queries that are answered or wait for it.", lanes.queryCount)
        text.gauge("wayfold_lists", "Lists that are paged through.", shelf.listCount)
        text.gauge("wayfold_streams", "Event streams that are open.", streams.streamCount)
        text.gauge("process_resident_memory_bytes", "Memory of this process.", ProcessFigures.residentByteCount)
    }
}
