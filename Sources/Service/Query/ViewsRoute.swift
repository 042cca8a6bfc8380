import Digests
import EventLog
import HTTPTypes
import Hummingbird
import Projections
import Touchpoints
import Wayfold

/// `GET /v1/views/...`: every part of every view, as the command `query` gives it.
struct ViewsRoute: Sendable {
    let pool: QueryPool
    let shelf: ListShelf

    private static let standardLimit = 1_000
    static let maxLimit = 10_000
    /// The parameters that every part takes; all others are the part's own options.
    private static let common: Set<String> = [
        "where", "sort", "limit", "cursor", "format", "customer", "as-of", "as-known", "changes-since",
    ]

    /// What can be asked.
    func list(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly([])
        let parts = call.workspace.parts.map(\.report)
        return Response.json(.fields([("parts", .list(parts))]), for: call.request)
    }

    /// The columns of a part, with types and units.
    func columns(_ call: Call) async throws -> Response {
        try call.parameters.allowOnly([])
        let (view, part) = (try call.path("view"), try call.path("part"))
        let known = call.workspace.parts.first { $0.view == view && $0.name == part }
        guard let known else { throw Problem(.notFound, "there is no part \(view)/\(part)") }
        return Response.json(known.report, for: call.request)
    }

    /// A page of a part's rows.
    func rows(_ call: Call) async throws -> Response {
        try await rows(call, Question(view: try call.path("view"), part: try call.path("part")))
    }

    func rows(_ call: Call, _ question: Question) async throws -> Response {
        if let cursor = try call.parameters["cursor"], cursor != "none" { return try await next(call, cursor) }
        let request = try RowsRequest(call, question)
        let workspace = call.workspace
        return try await pool.run { [shelf, pool] in
            try workspace.views.read { answers in
                try call.checkMinPosition(answers)
                let eTag = try request.eTag(answers, workspace)
                let notModified = Response(status: .notModified, headers: [.eTag: eTag])
                if call.request.headers.hasTag(eTag) { return notModified }
                let response =
                    request.isWhole
                    ? try request.wholeAnswer(answers, workspace).response(to: call.request, eTag: eTag, pool)
                    : try request.answer(answers, workspace, shelf).response(to: call.request, eTag: eTag)
                // Any answer is known, but what has none is still refused.
                return call.request.headers.hasTag("*") ? notModified : response
            }
        }
    }

    /// A later page, from the list that the first one has left.
    private func next(_ call: Call, _ cursor: String) async throws -> Response {
        try call.parameters.allowOnly(["cursor", "limit"])
        let limit = try call.parameters.integer("limit", in: 1...Self.maxLimit, default: Self.standardLimit)
        let words = cursor.split(separator: ".", maxSplits: 1)
        guard words.count == 2, let offset = Int(words[1]), offset >= 0 else {
            throw Problem(.badRequest, "that is no cursor")
        }
        let list = try shelf.list(String(words[0]), workspace: call.workspace.name)
        return try await pool.run {
            let (lines, next) = try list.spool.page(from: offset, count: limit)
            return try ListAnswer(
                columns: list.columns, answer: list.answer, format: list.format, lines: lines,
                cursor: next.map { "\(words[0]).\($0)" }
            ).response(to: call.request, eTag: nil)
        }
    }
}

extension ViewsRoute {
    /// What is asked of a part, checked before anything is opened.
    struct RowsRequest: Sendable {
        let question: Question
        let axes: Axes
        let columns: [Column]
        let sort: RowSort?
        let format: AnswerFormat
        let limit: Int
        let isPaged: Bool
        /// All rows in one answer: NDJSON and CSV without a limit.
        let isWhole: Bool
        /// Tells this request from others that are answered otherwise.
        let fingerprint: String

        init(_ call: Call, _ question: Question) throws {
            let parameters = call.parameters
            var question = question
            if let customer = try parameters["customer"] {
                guard question.customer == nil else {
                    throw Problem(.badRequest, "the customer is in the path already")
                }
                question.customer = customer
            }
            question.conditions = parameters.all("where")
            question.changesSince = try parameters.position("changes-since").map { Position($0) }
            for (name, value) in parameters.pairs where !ViewsRoute.common.contains(name) {
                guard question.options.updateValue(value, forKey: name) == nil else {
                    throw Problem(.badRequest, "\(name) was given twice")
                }
            }
            axes = try Axes(parameters)
            columns = try call.workspace.columns(of: question)
            _ = try RowFilter(question.conditions, columns: columns)
            let sorting = try parameters["sort"]
            sort = try sorting.map { [columns] in try RowSort($0, columns: columns) }
            format = try AnswerFormat.chosen(call.request.headers, parameters)
            limit = try parameters.integer("limit", in: 1...ViewsRoute.maxLimit, default: ViewsRoute.standardLimit)
            isPaged = try parameters["cursor"] == nil
            isWhole = try isPaged && format != .json && parameters["limit"] == nil
            fingerprint = "\(call.request.uri.path)?\(call.request.uri.query ?? "") \(format)"
            self.question = question
        }

        /// The same as long as the answer is: by generation, position, policy and what was asked.
        func eTag(_ answers: ViewAnswers, _ workspace: Workspace) throws -> String {
            let generation = try answers.liveGeneration(of: question.view)
            let position = answers.log.head
            let policy = answers.activePolicy?.position ?? .start
            let text = "\(DataFolder.epoch) \(generation) \(position) \(policy) \(workspace.name) \(fingerprint)"
            let digest = "\(SHA256.digest(of: Array(text.utf8)))"
            // Weak, since gzipped or not it is the same.
            return "W/\"\(position)-\(digest.prefix(16))\""
        }

        /// The first page, and the list with the rows behind it.
        private func read(
            _ answers: ViewAnswers, _ workspace: Workspace
        ) throws -> (answer: Answer, lines: [UInt8], rest: (spool: RowSpool, offset: Int)?) {
            var question = question
            (question.asOf, question.asKnown) = try axes.resolved(in: answers)
            let page = try RowPage(
                columns, format, limit: limit, isPaged: isPaged, isSorted: sort != nil
            ) {
                try RowSpool(
                    folder: workspace.folder, format: format == .csv ? .csv : .ndjson, columns: columns, sort: sort)
            }
            let answer = try answers.answer(question) { try page.take($0) }
            let (lines, rest) = try page.finish()
            return (answer, lines, rest)
        }

        func wholeAnswer(_ answers: ViewAnswers, _ workspace: Workspace) throws -> WholeAnswer {
            let (answer, lines, rest) = try read(answers, workspace)
            return WholeAnswer(columns: columns, answer: answer, format: format, lines: lines, rest: rest)
        }

        func answer(_ answers: ViewAnswers, _ workspace: Workspace, _ shelf: ListShelf) throws -> ListAnswer {
            let (answer, lines, rest) = try read(answers, workspace)
            let cursor = rest.map { rest in
                let name = shelf.keep(
                    OpenList(
                        spool: rest.spool, format: format, columns: columns, answer: answer, workspace: workspace.name))
                return "\(name).\(rest.offset)"
            }
            return ListAnswer(columns: columns, answer: answer, format: format, lines: lines, cursor: cursor)
        }
    }
}

extension Axes {
    /// By `as-of` and `as-known`.
    init(_ parameters: QueryParameters) throws {
        self.init(
            asOf: try parameters["as-of"].map { try TimeArgument($0) },
            asKnown: try parameters["as-known"].map { try PositionArgument($0) })
    }
}

extension HTTPFields {
    /// Whether `If-None-Match` names the tag, strong or weak (RFC 9110, 13.1.2).
    fileprivate func hasTag(_ tag: String) -> Bool {
        func opaque(_ text: some StringProtocol) -> String {
            let tag = String(text.filter { $0 != " " })
            return tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
        }
        let known = self[values: .ifNoneMatch].flatMap { $0.split(separator: ",").map(opaque) }
        return known.contains(opaque(tag))
    }
}

extension PartDescription {
    /// The part with its columns and options.
    var report: Report {
        .fields([
            ("view", .text(view)), ("part", .text(name)),
            (
                "columns",
                .list(
                    columns.map {
                        .fields([
                            ("name", .text($0.name)), ("type", .text($0.kind.rawValue)),
                            ("unit", .text($0.unit.isEmpty ? nil : $0.unit)),
                        ])
                    })
            ),
            ("key", key.map { .texts($0) } ?? .value(.null)), ("options", .list(options.map(\.report))),
        ])
    }
}

extension PartOption {
    fileprivate var report: Report {
        switch self {
        case .customer(let isRequired):
            .fields([("name", .text(name)), ("required", .value(.flag(isRequired))), ("words", .value(.null))])
        case .choice(_, let words):
            .fields([("name", .text(name)), ("required", .value(.flag(false))), ("words", .texts(words))])
        case .text(_, let isRequired):
            .fields([("name", .text(name)), ("required", .value(.flag(isRequired))), ("words", .value(.null))])
        }
    }
}

extension Call {
    /// A caller who has written up to a position reads nothing older.
    func checkMinPosition(_ answers: ViewAnswers) throws {
        guard let text = request.headers[.minPosition] else { return }
        guard let number = UInt64(text) else {
            throw Problem(.badRequest, "Wayfold-Min-Position is \(text), which is no position")
        }
        guard number <= answers.log.head.rawValue else {
            // Whatever was acknowledged is in the log: waiting would not help.
            throw Problem(.behind, "the log stands at \(answers.log.head), before \(number)")
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
