import Wayfold

/// The customers whose fold fails, so that views say nothing of them.
enum SetAsideSection {
    private static let rowsMax = 50

    static func html(_ answers: ViewAnswers) throws -> HTML {
        guard let policy = answers.activePolicy?.policy else { return HTML() }
        var rows: [[HTML]] = []
        var count = 0
        for view in answers.catalogue.names {
            guard let status = try answers.status(of: view) else { continue }
            let identity = answers.log.identity(at: min(status.checkpoint, answers.log.head))
            count += status.setAside.count
            for entry in status.setAside.prefix(rowsMax - rows.count) {
                let alias = try answers.log.alias(of: entry.customer, in: identity, ranks: policy.identity)?.description
                rows.append([
                    alias.map { HTML.link(.customer($0), $0) } ?? HTML("(erased)"), HTML(view),
                    HTML("\(entry.position)"), HTML(entry.reason),
                ])
            }
        }
        guard count > 0 else { return HTML() }
        return HTML.tag("section", ["class": "warning"]) {
            HTML.tag("h2") { "Set aside" }
            HTML.tag("p") { "The fold of these customers fails, and the view named says nothing of them." }
            HTML.table(
                "Customers set aside", [.text("customer"), .text("view"), .number("position"), .text("reason")], rows)
            HTML.more(count - rows.count, "customers")
        }
    }
}
