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
    /// A page ends with the event that brings it to so many bytes.
    private static let byteLimit = 4 << 20
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
            return try await EventStream(pool: streamPool, room: streams).respond(to: call, selection)
        }
        selection.limit = try call.parameters.integer("limit", in: 1...Self.maxLimit, default: Self.standardLimit)
        selection.byteLimit = Self.byteLimit
        let workspace = call.workspace
        return try await pool.run(for: call.caller.turn) { [selection] in
            try workspace.views.read { answers in
                try call.checkMinPosition(answers)
                let tag = try EntityTag(answers, views: [], workspace, format + " " + call.request.uri.string)
                let condition = call.request.headers[.ifNoneMatch]
                if tag.isNamed(in: condition) { return tag.notModified }
                var page = EventPage(asLines: format == "application/x-ndjson")
                let reached = try answers.events(selection) { _, json in page.append(json) }
                guard condition != "*" else { return tag.notModified }
                var headers: HTTPFields = [
                    .contentType: format, .position: "\(answers.log.head)", .epoch: "\(answers.log.epoch)",
                    .cacheControl: "private, no-cache", .vary: EntityTag.vary,
                    .eTag: tag.text,
                ]
                if reached < answers.log.head { headers[.link] = "<\(Self.next(call, behind: reached))>; rel=\"next\"" }
                return Response.compressed(page.finished, headers, for: call.request)
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

/// Events as they are sent: an array, or a line each.
private struct EventPage {
    private let asLines: Bool
    private var bytes: [UInt8] = []

    init(asLines: Bool) { self.asLines = asLines }

    mutating func append(_ json: String) {
        if !asLines { bytes += (bytes.isEmpty ? "[" : ",\n").utf8 }
        bytes += json.utf8
        if asLines { bytes.append(UInt8(ascii: "\n")) }
    }

    var finished: [UInt8] { asLines ? bytes : bytes + (bytes.isEmpty ? "[]\n" : "]\n").utf8 }
}
