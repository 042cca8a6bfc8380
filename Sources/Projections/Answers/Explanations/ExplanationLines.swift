import EventLog
import Touchpoints

/// The lines of an explanation: what the log holds of each step beside what the step did.
struct ExplanationLines<P: Projector> {
    let customerName: String
    /// Events of the customer that somebody voided, in fold order; in occurred order only, where a void is no step.
    let voidedEvents: [FoldKey]

    private let fold: ViewFold<P>
    private let rows: FigureRows<P>
    private let reader: ViewReader<P>
    private let policies = PolicyLines()

    init(_ fold: ViewFold<P>, _ rows: FigureRows<P>) throws {
        self.fold = fold
        self.rows = rows
        reader = ViewReader(OpenView(fold: fold))
        customerName = try reader.name(of: rows.customer)
        voidedEvents = P.order == .occurred ? try fold.voidedKeys(of: rows.customer) : []
    }

    func name(of figure: Figure) -> String {
        ([rows.part.columns[figure.column].name] + figure.key.map { $0.text ?? "" }).joined(separator: " ")
    }
}

/// Lines.
extension ExplanationLines {
    func line(_ figure: Figure, _ step: ToldStep, before: Value, after: Value) throws -> Row {
        var line = Line(figure, in: rows)
        line["time"] = .time(step.time)
        (line["before"], line["after"]) = (before.asText, after.asText)
        if let event = step.event { try tell(event, &line) }
        switch step.cause {
        case .event, .wakeUp:
            line.kind = step.event == nil ? .wakeUp : .event
            line["rules"] = .text(step.rules.map { "\($0.name)" }.joined(separator: ", "))
        case .failure(_, _, let reason):
            line.kind = .skipped
            line["rules"] = .text(reason)
        case .regrouping(let position): try decided(position, &line)
        }
        if let policy = step.policy {
            line["policy"] = .position(policy)
            line["policy_text"] = policies.text(step.rules.flatMap(\.policyPaths), fold.schedule.active(at: policy))
        }
        return named(line)
    }

    /// An event that has no part in the figure, since it was voided.
    func voided(_ figure: Figure, _ key: FoldKey, _ value: Value) throws -> Row {
        var line = Line(figure, in: rows)
        line.kind = .voided
        line["time"] = .time(key.time)
        try tell(key.position, &line)
        if let void = reader.voidings[key.position] { line["rules"] = .text("voided by \(void)") }
        (line["before"], line["after"]) = (value.asText, value.asText)
        return named(line)
    }

    /// The figure as it is shown, with what the answer goes by.
    ///
    /// - Parameter isProved: whether each event that is listed was tried, and is needed.
    func shown(_ figure: Figure, _ trail: FigureTrail, isProved: Bool) -> Row {
        var line = Line(figure, in: rows)
        let active = fold.schedule.active(at: fold.checkpoint)
        line.kind = .shown
        line["position"] = .position(fold.checkpoint)
        line["time"] = .time(fold.clock)
        if !isProved { line["rules"] = .text("not every event was tried: some may not be needed") }
        line["policy"] = .position(active.position)
        line["policy_text"] = policies.text(rows.part.policyPaths[rows.part.columns[figure.column].name] ?? [], active)
        line["after"] = trail.value.asText
        return named(line)
    }

    /// The decisions by which the customer's strands came together, or parted from others.
    func forEachDecision(_ emit: (Row) throws -> Void) throws {
        let own = fold.identity.strands(of: rows.customer)
        var identity = Identity()
        for decision in fold.log.decisions(.start...fold.checkpoint) {
            defer { identity.apply(decision) }
            let isAboutThem =
                switch decision.act {
                case .join(let a, let b, _), .merge(let a, let b): own.contains(a) || own.contains(b)
                case .split(let leaving):
                    identity.strands(of: identity.customer(of: leaving[0])).contains(where: own.contains)
                case .void: false
                }
            guard isAboutThem else { continue }
            var line = Line<P>(nil, in: rows)
            try decided(decision.position, &line)
            try emit(named(line))
        }
    }

    private func decided(_ position: Position, _ line: inout Line<P>) throws {
        line.kind = .joined
        try tell(position, &line)
        try reader.withEvent(at: position) { event in
            line["time"] = .time(event.recorded)
            if event.decision == .split { line.kind = .parted }
            line["rules"] = .text(event.decision.name)
        }
    }

    private func tell(_ position: Position, _ line: inout Line<P>) throws {
        line["position"] = .position(position)
        try reader.withEvent(at: position) { event in
            line["occurred"] = .time(event.occurred)
            line["recorded"] = .time(event.recorded)
            line["type"] = .text(reader.name(of: event.type))
            line["source"] = .text(reader.name(of: event.source))
            if !event.actor.isNone { line["actor"] = .text(fold.log.dictionaries.name(of: event.actor)) }
            if let alias = try reader.alias(of: event.strand) { line["alias"] = .text(alias) }
        }
        if let entry = try fold.log.personalEntry(at: position) {
            line["id"] = .text(PersonalPart(bytes: entry.span.bytes).id)
        }
    }

    private func named(_ line: Line<P>) -> Row {
        var line = line
        line["customer"] = .text(customerName)
        return line.row
    }
}

/// One line under way.
struct Line<P: Projector> {
    private(set) var row = Row(repeating: .null, count: Explanation.columns.count)
    var kind = Explanation.Kind.event { didSet { self["kind"] = .text(kind.rawValue) } }

    /// - Parameter figure: nil: it is about all figures.
    init(_ figure: Figure?, in rows: FigureRows<P>) {
        guard let figure else { return }
        self["field"] = .text(rows.part.columns[figure.column].name)
        if !figure.key.isEmpty { self["row"] = .text(figure.key.map { $0.text ?? "" }.joined(separator: ",")) }
    }

    subscript(_ column: String) -> Value {
        get { row[Explanation.columns.firstIndex { $0.name == column }!] }
        set { row[Explanation.columns.firstIndex { $0.name == column }!] = newValue }
    }
}

extension Value {
    fileprivate static func position(_ position: Position) -> Value { .integer(Int64(position.rawValue)) }
    /// Figures of all kinds stand in one column.
    fileprivate var asText: Value { text.map { .text($0) } ?? .null }
}

extension ViewFold {
    /// The events of a customer that would be folded, had nobody voided them; in fold order.
    fileprivate func voidedKeys(of customer: CustomerNumber) throws -> [FoldKey] {
        var keys: [FoldKey] = []
        let log = log
        for strand in identity.strands(of: customer) {
            for key in try log.history(of: strand, through: checkpoint)
            where key.position >= first && voided.contains(key.position) {
                let event = try log.event(at: key.position)
                if event.isFolded, cut.map({ key.time <= $0 }) ?? true { keys.append(key) }
            }
        }
        return keys.inFoldOrder
    }
}
