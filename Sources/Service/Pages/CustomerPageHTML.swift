import Wayfold

/// One customer: what it is called, what every view says of it, and what happened, the newest first.
enum CustomerPageHTML {
    private static let rowsMax = 200

    /// - Throws: `QueryError` where there is no such customer, or a value without a kind has several.
    static func html(_ answers: ViewAnswers, alias: String) throws -> String {
        try answers.atOnePosition { try page(CustomerPage(answers, alias: alias)) }
    }

    private static func page(_ customer: CustomerPage) throws -> String {
        try PageFrame.page(customer.alias) {
            HTML.tag("p") {
                "At position \(Shown.grouped("\(customer.position)")) of the log, whose clock stands at "
                Shown.time(customer.answers.log.clock)
                " (UTC)."
            }
            try setAside(customer)
            table("Aliases", try customer.aliasTable())
            try HTML.tag("div", ["class": "beside"]) {
                for (view, table) in try customer.figures() { Self.table(view, table) }
            }
            for part in customer.timelineParts { try timeline(customer, part) }
        }
    }

    private static func setAside(_ customer: CustomerPage) throws -> HTML {
        let found = try customer.setAsideTable()
        guard !found.rows.isEmpty else { return HTML() }
        return HTML.tag("section", ["class": "warning"]) {
            HTML.tag("p") { "The fold of this customer fails, so that figures are missing." }
            table("Set aside", found)
        }
    }

    /// A row alone with its names at the side, several as a table.
    static func table(_ caption: String, _ table: CustomerPage.Table) -> HTML {
        guard !table.rows.isEmpty else { return HTML() }
        if table.rows.count == 1 {
            return HTML.list(
                caption,
                table.columns.indices.map { index in
                    let column = table.columns[index]
                    return (column.heading.title, Shown.value(table.rows[0][index], unit: column.unit))
                })
        }
        return grid(caption, table.columns, Array(table.rows.prefix(rowsMax)))
            + HTML.more(table.rows.count - rowsMax, "rows")
    }

    /// What happened last; the log can hold any number of events of one customer.
    private static func timeline(_ customer: CustomerPage, _ part: PartDescription) throws -> HTML {
        var last = LastRows(limit: rowsMax)
        try customer.forEachRow(of: part) { last.add($0) }
        return HTML.tag("section") {
            HTML.tag("h2") { "Timeline" }
            grid("Events, the newest first", part.columns, last.newestFirst)
            if last.count > rowsMax {
                HTML.more(last.count - rowsMax, "older events")
                HTML.tag("p") {
                    HTML.link(SiteLink(["v1", "events"], [("customer", customer.alias)]), "All events (JSON)")
                }
            }
        }
    }

    /// Without the columns in which nothing stands, or only what stands in the one before.
    private static func grid(_ caption: String, _ columns: [Column], _ rows: [Row]) -> HTML {
        let shown = columns.indices.filter { index in
            rows.contains { $0[index] != .null && (index == 0 || $0[index] != $0[index - 1]) }
        }
        return HTML.table(
            caption, shown.map { columns[$0].heading },
            rows.map { row in shown.map { Shown.value(row[$0], unit: columns[$0].unit) } })
    }
}

/// The last of any number of rows.
struct LastRows {
    let limit: Int
    /// How many there were in all.
    private(set) var count = 0
    private var rows: [Row] = []

    init(limit: Int) { self.limit = limit }

    mutating func add(_ row: Row) {
        if rows.count < limit { rows.append(row) } else { rows[count % limit] = row }
        count += 1
    }

    var newestFirst: [Row] {
        let next = rows.count < limit ? 0 : count % limit
        return (rows[next...] + rows[..<next]).reversed()
    }
}
