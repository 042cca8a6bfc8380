import Wayfold

/// The report about one customer.
enum CustomerAuditHTML {
    static func html(_ audit: CustomerAudit) throws -> String {
        let page = audit.page
        return try PrintedPage.page("Audit report: \(page.alias)") {
            StandingSection.html(audit.standing, [("customer", HTML(page.alias))])
            try setAside(page)
            try who(audit)
            try figures(page)
            WhySection.html(audit)
            events(audit)
            ProofSection.html(audit.standing, audit.events)
            VerifySection.html(
                audit.standing, example: audit.events.first { $0.receipt != nil }.map { "\($0.position)" },
                commands(audit))
        }
    }

    private static func setAside(_ page: CustomerPage) throws -> HTML {
        let found = try page.setAsideTable()
        guard !found.rows.isEmpty else { return HTML() }
        return HTML.warning("The fold of this customer fails in a view, so that figures are missing.")
            + CustomerPageHTML.table("Set aside", found)
    }

    private static func who(_ audit: CustomerAudit) throws -> HTML {
        let aliases = try audit.page.aliasTable()
        return HTML.tag("section") {
            HTML.tag("h2") { "Who" }
            HTML.paragraph(
                "All of these are one customer, since the position where each joined. A former one has moved on to somebody else."
            )
            HTML.table(
                "Aliases", aliases.columns.map(\.heading),
                aliases.rows.map { row in
                    row.indices.map { index in
                        shown(row[index], aliases.columns[index])
                    }
                })
            if !audit.decisions.isEmpty {
                HTML.table(
                    "What was decided about them",
                    [
                        .number("position"), .text("recorded (UTC)"), .text("decision"), .text("type"),
                        .text("source, id, actor"),
                    ],
                    audit.decisions.map { event, decision in
                        [
                            HTML("\(event.position)"), Shown.time(event.recorded), HTML(decision), HTML(event.type),
                            EventsSection.origin(event),
                        ]
                    })
            }
        }
    }

    /// Positions are written as commands take them.
    private static func shown(_ value: Value, _ column: Column) -> HTML {
        if column.name == "alias", value == .null { return HTML("(erased)") }
        if case .integer(let position) = value { return HTML("\(position)") }
        return Shown.value(value)
    }

    private static func figures(_ page: CustomerPage) throws -> HTML {
        let figures = try page.figures()
        return HTML.tag("section") {
            HTML.tag("h2") { "Figures" }
            for (view, table) in figures {
                CustomerPageHTML.table(view, table)
                if table.rows.isEmpty { HTML.paragraph("\(view): says nothing of this customer.") }
            }
        }
    }

    private static func events(_ audit: CustomerAudit) -> HTML {
        HTML.tag("section") {
            HTML.tag("h2") { "Events" }
            HTML.paragraph(
                "\(Shown.grouped("\(audit.recordCount)")) records stand under this customer's names. Listed are those that a step above "
                    + "names, and the newest of the others.")
            EventsSection.table("Records", audit.events)
            HTML.more(audit.omittedEventCount, "records")
        }
    }

    /// The figures once more, and why.
    private static func commands(_ audit: CustomerAudit) -> [(what: String, command: String)] {
        let customer = ShellText.quoted(audit.page.alias)
        var axes = " --as-known \(audit.standing.position)"
        if let time = audit.standing.asOf { axes += " --as-of \(time)" }
        var commands = [
            ("This report once more, from the log:", "wayfold audit \(customer)\(axes) --out again.html")
        ]
        commands += audit.page.answers.catalogue.parts.filter(\.holdsFigures).prefix(1).map { part in
            let what = "Why the figures of a view are what they are, each step, with receipts beside:"
            return (what, "wayfold explain \(part.view) \(customer)\(axes) --proof receipts")
        }
        return commands
    }
}
