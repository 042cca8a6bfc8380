import Wayfold

/// Some customers to begin with, each with a link to its page.
enum CustomersSection {
    private static let rowsMax = 50
    private static let figures = ["recency_days", "frequency", "monetary", "currency", "segment"]

    static func html(_ answers: ViewAnswers) throws -> HTML {
        let names = ["customer"] + figures
        guard let part = try PartTable(answers, "rfm", "customers", with: names, limit: rowsMax), !part.rows.isEmpty
        else { return HTML() }
        let rows = part.rows.map { row in
            let customer = part.value("customer", in: row).label
            return [HTML.link(.customer(customer), customer)] + figures.map { part.shown($0, in: row) }
        }
        return HTML.tag("section") {
            HTML.tag("h2") { "Customers" }
            HTML.table(
                "Customers who have bought, each with a page",
                [
                    .text("customer"), .number("days since the last order"), .number("orders"), .number("spent"),
                    .text("currency"), .text("segment"),
                ], rows)
            HTML.more(part.leftOut, "rows")
        }
    }
}
