import EventLog
public import Projections
public import Touchpoints

/// Everything that the views say of one customer.
public struct CustomerPage {
    /// Parts with a row or a few for each customer.
    private static let figureParts = ["customers", "members"]
    /// The part with a customer's events.
    private static let timelinePart = "timeline"
    private static let aliasColumns: [Column] = [
        .text("alias"), .time("since"), .integer("position"), .integer("joined"), .flag("former"),
    ]
    private static let setAsideColumns: [Column] = [.text("view"), .integer("position"), .text("reason")]

    let answers: ViewAnswers
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
        let position = asKnown ?? answers.log.head
        customer = answers.log.identity(at: position).customer(of: strand)
        aliases = try answers.log.aliases(of: customer, at: position)
        self.alias = try answers.log.alias(of: strand)?.description ?? alias
    }

    private var position: Position { asKnown ?? answers.log.head }

    public func report() throws -> Report {
        var fields: [(name: String, report: Report)] = [
            ("customer", .text(alias)), ("position", .integer(position.rawValue)),
            ("as_of", .value(asOf.map { .time($0) } ?? .null)),
            ("policy", answers.activePolicy(at: position).map { .integer($0.position.rawValue) } ?? .value(.null)),
            ("aliases", .rows(Self.aliasColumns, try aliases.map(row))),
        ]
        for part in answers.catalogue.parts where Self.figureParts.contains(part.name) {
            let rows = try rows(of: part)
            fields.append((part.view, Self.figures(part.columns, rows)))
        }
        fields.append(("set_aside", .rows(Self.setAsideColumns, try setAside())))
        for part in answers.catalogue.parts where part.name == Self.timelinePart {
            fields.append((part.name, .rows(part.columns, try rows(of: part))))
        }
        return .fields(fields)
    }

    private func row(_ owned: AliasOwnership) throws -> Row {
        let log = answers.log
        func position(_ position: Position?) -> Value { position.map { .integer(Int64($0.rawValue)) } ?? .null }
        return [
            owned.alias.map { .text("\($0)") } ?? .null,
            try owned.first.map { .time(try log.event(at: $0).time) } ?? .null, position(owned.first),
            position(owned.joined), .flag(owned.isFormer),
        ]
    }

    /// The views whose fold of the customer fails, so that their figures are missing.
    private func setAside() throws -> [Row] {
        try answers.catalogue.names.compactMap { view in
            guard let entry = try answers.setAside(question(view)) else { return nil }
            return [.text(view), .integer(Int64(entry.position.rawValue)), .text(entry.reason)]
        }
    }

    private func question(_ view: String, _ part: String? = nil) -> Question {
        var question = Question(view: view, part: part)
        question.customer = alias
        question.asOf = asOf
        question.asKnown = asKnown
        return question
    }

    /// A row, or a few (one a currency), as a table in which the customer's name is not said again.
    private static func figures(_ columns: [Column], _ rows: [Row]) -> Report {
        let shown = columns.indices.filter { columns[$0].name != "customer" }
        return .rows(shown.map { columns[$0] }, rows.map { row in shown.map { row[$0] } })
    }

    /// The rows about the customer: asked for where the part takes `--customer`, else picked from all.
    private func rows(of part: PartDescription) throws -> [Row] {
        var question = question(part.view, part.name)
        var pick: Int?
        if !part.options.contains(where: { $0.name == "customer" }) {
            question.customer = nil
            pick = part.columns.firstIndex { $0.name == "customer" }
        }
        let names = aliases.compactMap(\.alias).flatMap { [Value.text("\($0)"), .text($0.value)] }
        var rows: [Row] = []
        try answers.answer(question) { row in
            guard let pick else { return rows.append(row) }
            if names.contains(row[pick]) { rows.append(row) }
        }
        return rows
    }
}
