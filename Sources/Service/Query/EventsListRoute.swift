import EventLog
import HTTPTypes
import Hummingbird
import Projections
import Touchpoints
import Wayfold

/// `GET /v1/events`: the log's events behind a position, as a page or as a stream that goes on.
struct EventsListRoute: Sendable {
    let pool: QueryPool
    let streams: StreamRoom
    /// What streams read by.
    let streamPool: QueryPool

    private static let standardLimit = 100
    private static let maxLimit = 1_000
    private static let formats = [
        "application/cloudevents-batch+json", "application/json", "application/x-ndjson", "text/event-stream",
    ]

    func get(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly(["after", "customer", "type", "source", "channel", "limit"])
        let format = Acceptance(call.request.headers[.accept]).best(of: Self.formats)
        guard let format else {
            throw Problem(.notAcceptable, "events come as \(Self.formats.joined(separator: ", "))")
        }
        var selection = try selection(call)
        guard format != "text/event-stream" else {
            if try call.parameters["limit"] != nil { throw Problem(.badRequest, "a stream has no limit") }
            return try EventStream(pool: streamPool, room: streams).respond(to: call, selection)
        }
        selection.limit = try call.parameters.integer("limit", in: 1...Self.maxLimit, default: Self.standardLimit)
        let workspace = call.workspace
        return try await pool.run { [selection] in
            try workspace.views.read { answers in
                try call.checkMinPosition(answers)
                var events: [String] = []
                let reached = try answers.events(selection) { _, json in events.append(json) }
                var headers: HTTPFields = [
                    .contentType: format, .position: "\(answers.log.head)", .epoch: "\(DataFolder.epoch)",
                    .cacheControl: "private, no-cache",
                ]
                if reached < answers.log.head { headers[.link] = "<\(Self.next(call, behind: reached))>; rel=\"next\"" }
                let text =
                    format == "application/x-ndjson"
                    ? events.map { $0 + "\n" }.joined() : "[" + events.joined(separator: ",\n") + "]\n"
                return Response.compressed(Array(text.utf8), headers, for: call.request)
            }
        }
    }

    private func selection(_ call: Call) throws -> EventSelection {
        var selection = EventSelection()
        selection.after = try call.parameters.position("after").map { Position($0) } ?? .start
        selection.customer = try call.parameters["customer"]
        selection.types = Set(call.parameters.all("type"))
        selection.source = try call.parameters["source"]
        selection.channel = try call.parameters["channel"]
        return selection
    }

    /// The same request, from there on.
    private static func next(_ call: Call, behind position: Position) -> String {
        let others = (call.request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("after=") }
        return call.request.uri.path + "?" + (others + ["after=\(position)"]).joined(separator: "&")
    }
}
