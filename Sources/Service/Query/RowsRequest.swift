import Projections
import Touchpoints
import Wayfold

/// What is asked of a part, checked before anything is opened.
struct RowsRequest: Sendable {
    let question: Question
    let part: ServedPart
    let axes: Axes
    let sort: RowSort?
    let format: AnswerFormat
    let limit: Int
    let isPaged: Bool
    /// All rows in one answer: NDJSON and CSV without a limit.
    let isWhole: Bool
    /// Tells this request from others that are answered otherwise.
    let fingerprint: String
    let path: String
    let owner: ListOwner

    private static let standardLimit = 1_000
    /// More rows than these are no matter of a moment.
    private static let rowsAtOnce = 200
    /// The parameters that every part takes; all others are the part's own options.
    private static let common: Set<String> = [
        "where", "sort", "limit", "cursor", "format", "customer", "as-of", "as-known", "changes-since",
    ]

    init(_ call: Call, _ question: Question) throws {
        let parameters = call.parameters
        var question = question
        if let customer = try parameters["customer"] {
            guard question.customer == nil else {
                throw Problem(.badRequest, "the customer is in the path already").about("customer")
            }
            question.customer = customer
        }
        question.conditions = parameters.all("where")
        question.changesSince = try parameters.position("changes-since").map { Position($0) }
        for (name, value) in parameters.pairs where !Self.common.contains(name) {
            guard question.options.updateValue(value, forKey: name) == nil else {
                throw Problem(.badRequest, "\(name) was given twice").about(name)
            }
        }
        axes = try Axes(parameters)
        part = try call.workspace.part(of: question)
        if !question.conditions.isEmpty { _ = try RowFilter(question.conditions, columns: part.columns) }
        sort = try parameters["sort"].map { [columns = part.columns] text in try RowSort(text, columns: columns) }
        format = try AnswerFormat.chosen(call.request.headers, parameters)
        limit = try parameters.integer("limit", in: 1...ViewsRoute.maxLimit, default: Self.standardLimit)
        isPaged = try parameters["cursor"] == nil
        isWhole = try isPaged && format != .json && parameters["limit"] == nil
        fingerprint = call.request.uri.string + " " + format.rawValue
        path = call.request.uri.path
        owner = ListOwner(call.caller)
        self.question = question
    }

    /// Whether it is about one customer as it is now, and nobody else.
    var isAboutOne: Bool { question.customer != nil && part.description.reach == .customer && isAboutNow }

    /// Whether it can be answered without waiting for what takes long.
    var isShort: Bool { isAboutOne || (part.isShort && isAboutNow) }

    private var isAboutNow: Bool { axes.asOf == nil && axes.asKnown == nil && question.changesSince == nil }
}

extension RowsRequest {
    /// The first page, and the list with the rows behind it.
    private func read(_ answers: ViewAnswers, _ workspace: Workspace, _ room: ListRoom?) throws -> FirstRows {
        var question = question
        if !isAboutNow { (question.asOf, question.asKnown) = try axes.resolved(in: answers) }
        let page = try RowPage(part, format, limit: limit, isPaged: isPaged, isSorted: sort != nil) {
            guard let room else { throw NotAtOnce() }
            return try RowSpool(
                folder: workspace.folder, format: format == .csv ? .csv : .ndjson, columns: part.columns, sort: sort
            ) { try room.take($0) }
        }
        var left = room == nil ? Self.rowsAtOnce : Int.max
        let answer = try answers.answer(question) { row in
            if left == 0 { throw NotAtOnce() }
            left -= 1
            try page.take(row)
        }
        let (lines, rest) = try page.finish()
        return FirstRows(answer: answer, lines: lines, rest: rest, room: room)
    }

    func wholeAnswer(_ answers: ViewAnswers, _ workspace: Workspace, _ shelf: ListShelf) throws -> WholeAnswer {
        WholeAnswer(part: part, format: format, rows: try read(answers, workspace, ListRoom(shelf)))
    }

    func answer(_ answers: ViewAnswers, _ workspace: Workspace, _ shelf: ListShelf) throws -> ListAnswer {
        let room = ListRoom(shelf)
        let rows = try read(answers, workspace, room)
        let cursor = rows.rest.map { rest in
            let list = shelf.keep(
                OpenList(
                    spool: rest.spool, room: room, format: format, part: part, answer: rows.answer, owner: owner,
                    path: path))
            return ListCursor(list: list, offset: rest.offset, limit: limit)
        }
        return ListAnswer(part: part, answer: rows.answer, format: format, lines: rows.lines, cursor: cursor)
    }

    /// The same where there are no more rows than a page has.
    ///
    /// - Throws: `NotAtOnce` where there are.
    func answerAtOnce(_ answers: ViewAnswers, _ workspace: Workspace) throws -> ListAnswer {
        let rows = try read(answers, workspace, nil)
        return ListAnswer(part: part, answer: rows.answer, format: format, lines: rows.lines, cursor: nil)
    }
}

/// The rows of an answer as far as its first page goes, and the list with what is behind.
struct FirstRows: Sendable {
    let answer: Answer
    let lines: [UInt8]
    let rest: (spool: RowSpool, offset: Int)?
    /// What the list takes on disk; nil where there can be none.
    let room: ListRoom?
}

extension Axes {
    /// By `as-of` and `as-known`.
    init(_ parameters: QueryParameters) throws {
        func read<T>(_ name: String, _ body: (String) throws(QueryError) -> T) throws -> T? {
            guard let text = try parameters[name] else { return nil }
            do throws(QueryError) { return try body(text) } catch {
                var named = error
                named.parameter = name
                throw named
            }
        }
        self.init(
            asOf: try read("as-of") { text throws(QueryError) in try TimeArgument(text) },
            asKnown: try read("as-known") { text throws(QueryError) in try PositionArgument(text) })
    }
}
