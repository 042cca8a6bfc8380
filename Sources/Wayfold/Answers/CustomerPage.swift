import EventLog
public import Projections
public import Touchpoints

/// Everything that the views say of one customer.
public struct CustomerPage {
    /// The part with a customer's events.
    private static let timelinePart = "timeline"
    private static let aliasColumns: [Column] = [
        .text("alias"), .time("since"), .integer("position"), .integer("joined"), .flag("former"),
    ]
    private static let setAsideColumns: [Column] = [.text("view"), .integer("position"), .text("reason")]

    public let answers: ViewAnswers
    /// The alias as it is written in the log: under it every part finds the customer.
    public let alias: String
    private let customer: CustomerNumber
    private let aliases: [AliasOwnership]
    private let asOf: Timestamp?
    private let asKnown: Position?

    /// Finds the customer; throws `QueryError` where there is none or more than one.
    public init(_ answers: ViewAnswers, alias: String, asOf: Timestamp? = nil, asKnown: Position? = nil) throws {
        self.answers = answers
        self.asOf = asOf
        self.asKnown = asKnown
        let strand = try answers.strand(named: alias, at: asKnown)
        let position = asKnown ?? answers.head
        customer = answers.log.identity(at: position).customer(of: strand)
        aliases = try answers.log.aliases(of: customer, at: position)
        self.alias = try answers.log.alias(of: strand)?.description ?? alias
    }

    /// The position that everything stands at.
    public var position: Position { asKnown ?? answers.head }

    public func report() throws -> Report {
        var fields: [(name: String, report: Report)] = [
            ("customer", .text(alias)), ("position", .integer(position.rawValue)),
            ("as_of", .value(asOf.map { .time($0) } ?? .null)),
            ("policy", answers.activePolicy(at: position).map { .integer($0.position.rawValue) } ?? .value(.null)),
            ("aliases", try aliasTable().report),
        ]
        for (view, table) in try figures() { fields.append((view, table.report)) }
        fields.append(("set_aside", try setAsideTable().report))
        for part in timelineParts {
            var rows: [Row] = []
            try forEachRow(of: part) { rows.append($0) }
            fields.append((part.name, .rows(part.columns, rows)))
        }
        return .fields(fields)
    }
}

/// What there is of the customer, table by table.
extension CustomerPage {
    public struct Table: Sendable {
        public let columns: [Column]
        public let rows: [Row]

        var report: Report { .rows(columns, rows) }
    }

    /// What the customer is called, in the order in which the log came to know it.
    public func aliasTable() throws -> Table { Table(columns: Self.aliasColumns, rows: try aliases.map(row)) }

    private func row(_ owned: AliasOwnership) throws -> Row {
        let log = answers.log
        func position(_ position: Position?) -> Value { position.map { .integer(Int64($0.rawValue)) } ?? .null }
        return [
            owned.alias.map { .text("\($0)") } ?? .null,
            try owned.first.map { .time(try log.event(at: $0).time) } ?? .null, position(owned.first),
            position(owned.joined), .flag(owned.isFormer),
        ]
    }

    /// What each view says of the customer: a row, or a few (one a currency), in which its name is not said again.
    public func figures() throws -> [(view: String, table: Table)] {
        try answers.catalogue.parts.filter(\.holdsFigures).map { part in
            let shown = part.columns.indices.filter { part.columns[$0].name != "customer" }
            var rows: [Row] = []
            try forEachRow(of: part) { row in rows.append(shown.map { row[$0] }) }
            return (part.view, Table(columns: shown.map { part.columns[$0] }, rows: rows))
        }
    }

    /// The views whose fold of the customer fails, so that their figures are missing.
    public func setAsideTable() throws -> Table {
        let rows: [Row] = try answers.catalogue.names.compactMap { view in
            guard let entry = try answers.setAside(question(view)) else { return nil }
            return [.text(view), .integer(Int64(entry.position.rawValue)), .text(entry.reason)]
        }
        return Table(columns: Self.setAsideColumns, rows: rows)
    }

    /// Where the records under one of the customer's names stand that happened by then; each once, ascending. O(records).
    func recordPositions() throws -> [Position] {
        let log = answers.log
        let strands = log.identity(at: position).strands(of: customer)
        let keys = try strands.flatMap { try log.history(of: $0, through: position) }
        return Set(keys.filter { key in asOf.map { key.time <= $0 } ?? true }.map(\.position)).sorted()
    }

    /// The parts with the customer's events.
    public var timelineParts: [PartDescription] {
        answers.catalogue.parts.filter { $0.name == Self.timelinePart }
    }

    func question(_ view: String, _ part: String? = nil) -> Question {
        var question = Question(view: view, part: part)
        question.customer = alias
        question.asOf = asOf
        question.asKnown = asKnown
        return question
    }

    /// Calls `body` with the rows about the customer: asked for where the part takes `--customer`, else picked out.
    public func forEachRow(of part: PartDescription, _ body: (Row) throws -> Void) throws {
        var question = question(part.view, part.name)
        var pick: Int?
        if !part.options.contains(where: { $0.name == "customer" }) {
            question.customer = nil
            pick = part.columns.firstIndex { $0.name == "customer" }
        }
        let names = aliases.compactMap(\.alias).flatMap { [Value.text("\($0)"), .text($0.value)] }
        try answers.answer(question) { row in
            guard let pick else { return try body(row) }
            if names.contains(row[pick]) { try body(row) }
        }
    }
}
