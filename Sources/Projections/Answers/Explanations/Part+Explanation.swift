import Touchpoints

extension Projector {
    /// The part whose columns are the figures of the view; nil for a view without figures of customers.
    private static var explainedPart: Part<Self>? { parts.first { PartDescription.figureNames.contains($0.name) } }

    /// The parts that explain the figures of the view.
    static var explanations: [Part<Self>] {
        explainedPart.map { [.explanation(of: $0), .behind(figuresOf: $0)] } ?? []
    }
}

extension Part {
    /// One customer's figures, or that of one field: each step that made it what it is, and last what is shown.
    static func explanation(of part: Part<P>) -> Part<P> {
        Part(Explanation.name, columns: Explanation.columns, options: Explanation.options, reach: part.reach) {
            view, query, emit in
            guard let customer = query.customer else { preconditionFailure("an explanation is of one customer") }
            let asked = try query[Explanation.field].map { [try part.figureColumn(named: $0)] }
            let rows = FigureRows(part, of: customer, in: view.fold, by: try part.rowsOfOne(view, query))
            let shown =
                try part.takesCustomer ? rows.table(view.view, part.rows) : rows(in: view.state(of: customer))
            try Explainer(view.fold, rows).explain(
                asked ?? rows.columns, shown: shown, isStale: view.view.isStale, emit)
        }
    }

    /// The same figure of everybody of whom it has a value: the customers and the events behind a stage, a segment, a tier.
    ///
    /// Customer after customer, by their numbers. O(customers), and the explanations.
    static func behind(figuresOf part: Part<P>) -> Part<P> {
        Part(Explanation.behind, columns: Explanation.columns, options: Explanation.behindOptions) {
            view, query, emit in
            guard let field = query[Explanation.field], let value = query[Explanation.value] else {
                preconditionFailure("a required option is always there")
            }
            let column = try part.figureColumn(named: field)
            let rowsOfOne = try part.rowsOfOne(view, query)
            try view.forEachCustomer { customer, state in
                let rows = FigureRows(part, of: customer, in: view.fold, by: rowsOfOne)
                let shown = try rows(in: state)
                guard shown.keys.contains(where: { shown[Figure(key: $0, column: column)].text == value }) else {
                    return
                }
                try Explainer(view.fold, rows).explain(
                    [column], shown: shown, having: value, isStale: view.view.isStale, emit)
            }
        }
    }

    private func rowsOfOne(_ view: ViewReader<P>, _ query: Query) throws -> Rows { try ranked?(view, query) ?? rows }

    private func figureColumn(named name: String) throws(QueryError) -> Int {
        let figures = FigureRows.columns(of: self)
        guard let column = figures.first(where: { columns[$0].name == name }) else {
            let names = figures.map { columns[$0].name }.joined(separator: ", ")
            throw QueryError(
                "\(P.name)/\(self.name) has no figure \(name); it has \(names)", parameter: Explanation.field)
        }
        return column
    }
}
