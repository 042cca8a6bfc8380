import Wayfold

/// The stages and how many customers are in each.
enum LifecycleSection {
    static func html(_ answers: ViewAnswers) throws -> HTML {
        let names = ["stage", "customers", "population", "share", "entered", "left", "median_days"]
        guard let part = try PartTable(answers, "lifecycle", "stages", with: names) else { return HTML() }
        let most = part.values("customers").map(\.amount).max() ?? 0
        let rows = part.rows.map { row in
            let stage = part.value("stage", in: row).label
            let customers = part.value("customers", in: row)
            let population = part.value("population", in: row).label
            return [
                HTML(stage),
                HTML.bar(customers.amount, of: most, "\(stage): \(customers.label) of \(population) customers"),
                part.shown("customers", in: row), Shown.percent(part.value("share", in: row)),
                part.shown("entered", in: row), part.shown("left", in: row), part.shown("median_days", in: row),
            ]
        }
        return HTML.tag("section") {
            HTML.tag("h2") { "Lifecycle" }
            part.remark
            HTML.table(
                "Customers by stage",
                [
                    .text("stage"), .text("compared"), .number("customers"), .number("share"), .number("ever entered"),
                    .number("left"), .number("median stay (days)"),
                ], rows)
        }
    }
}
