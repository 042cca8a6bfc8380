import EventLog
import HTTPTypes
import Hummingbird
import Projections
import Touchpoints
import Wayfold

/// `GET /v1/views/...`: every part of every view, as the command `query` gives it.
struct ViewsRoute: Sendable {
    let lanes: QueryLanes
    let shelf: ListShelf

    static let maxLimit = 10_000

    /// What can be asked.
    func list(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly([])
        return Response.json(.fields([("parts", .json(call.workspace.partList))]), for: call.request)
    }

    /// The columns of a part, with types and units.
    func columns(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly([])
        let (view, part) = (try call.path("view"), try call.path("part"))
        guard let known = call.workspace.part(part, of: view) else {
            throw Problem(.notFound, "there is no part \(view)/\(part)")
        }
        return Response.json(.json(known.about), for: call.request)
    }

    /// A page of a part's rows.
    func rows(_ call: Call) async throws -> Response {
        try await rows(call, Question(view: try call.path("view"), part: try call.path("part")))
    }

    func rows(_ call: Call, _ question: Question) async throws -> Response {
        if let cursor = try call.parameters["cursor"], cursor != "none" { return try await next(call, cursor) }
        let request = try RowsRequest(call, question)
        // No thread that answers one after the other is as fast as none.
        if request.isAboutOne, request.sort == nil,
            let response = try call.workspace.views.readAtOnce({ try answer($0, request, call, atOnce: true) })
        {
            return response
        }
        return try await (request.isShort ? lanes.short : lanes.long).run(for: call.caller.turn) {
            try call.workspace.views.read { try answer($0, request, call, atOnce: false) }
        }
    }

    private func answer(
        _ answers: ViewAnswers, _ request: RowsRequest, _ call: Call, atOnce: Bool
    ) throws -> Response {
        try call.checkMinPosition(answers)
        let tag = try EntityTag(answers, views: [request.question.view], call.workspace, request.fingerprint)
        let condition = call.request.headers[.ifNoneMatch]
        if tag.isNamed(in: condition) { return tag.notModified }
        let response =
            if atOnce {
                try request.answerAtOnce(answers, call.workspace).response(to: call.request, tag)
            } else if request.isWhole {
                try request.wholeAnswer(answers, call.workspace, shelf).response(
                    to: call.request, tag, lanes.long, call.caller.turn)
            } else {
                try request.answer(answers, call.workspace, shelf).response(to: call.request, tag)
            }
        // Any answer is known, but what has none is still refused.
        return condition == "*" ? tag.notModified : response
    }

    /// A later page, from the list that the first one has left.
    private func next(_ call: Call, _ text: String) async throws -> Response {
        try call.parameters.allowOnly(["cursor", "limit", "format"])
        guard let cursor = ListCursor(text) else {
            throw Problem(.badRequest, "that is no cursor").about("cursor")
        }
        let limit = try call.parameters.integer("limit", in: 1...Self.maxLimit, default: cursor.limit)
        let list = try shelf.list(of: cursor, workspace: call.workspace.name, path: call.request.uri.path)
        try list.format.check(call.request.headers, call.parameters)
        return try await lanes.short.run(for: call.caller.turn) {
            let (lines, next) = try list.spool.page(from: cursor.offset, count: limit)
            return try ListAnswer(
                part: list.part, answer: list.answer, format: list.format, lines: lines,
                cursor: next.map { ListCursor(list: cursor.list, offset: $0, limit: limit) }
            ).response(to: call.request, nil)
        }
    }
}

extension Call {
    /// A caller who has written up to a position reads nothing older.
    func checkMinPosition(_ answers: ViewAnswers) throws {
        guard let position = try minPosition, position > answers.log.head else { return }
        // Whatever was acknowledged is in the log: waiting would not help.
        throw Problem(.behind, "the log stands at \(answers.log.head), before \(position)")
    }

    /// The position that `Wayfold-Min-Position` names; nil without that header.
    var minPosition: Position? {
        get throws(Problem) {
            guard let text = request.headers[.minPosition] else { return nil }
            guard let number = UInt64(text) else {
                throw Problem(.badRequest, "Wayfold-Min-Position is \(text), which is no position")
            }
            return Position(number)
        }
    }
}

extension Response {
    static func json(_ report: Report, _ headers: HTTPFields = [:], for request: Request) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = "private, no-cache"
        return compressed(Array((report.json + "\n").utf8), headers, for: request)
    }
}
