import Transparency
import Wayfold

/// The report about a stretch of the log.
enum PeriodAuditHTML {
    static func html(_ audit: PeriodAudit) -> String {
        let title = "Audit report: what was recorded after position \(audit.since)"
        return PrintedPage.page(title) {
            StandingSection.html(audit.standing, [("begins after position", HTML("\(audit.since)"))])
            records(audit.records)
            administration(audit)
            decisions(audit)
            corrections(audit)
            checkpoints(audit)
            ProofSection.html(audit.standing, audit.events)
            VerifySection.html(
                audit.standing, example: audit.events.first { $0.receipt != nil }.map { "\($0.position)" },
                commands(audit))
        }
    }

    private static func records(_ records: PeriodRecords) -> HTML {
        HTML.tag("section") {
            HTML.tag("h2") { "Recorded" }
            HTML.paragraph("\(Shown.grouped("\(records.count)")) records.")
            if !records.kinds.isEmpty {
                HTML.table(
                    "By type and source", [.text("type"), .text("source"), .number("records")],
                    records.kinds.map { kind, count in
                        [HTML(kind.type), HTML(kind.source), HTML(Shown.grouped("\(count)"))]
                    })
            }
            HTML.more(records.omittedKindCount, "types and sources")
        }
    }

    private static func administration(_ audit: PeriodAudit) -> HTML {
        HTML.tag("section") {
            HTML.tag("h2") { "Policies, schemas, administration" }
            if audit.administration.isEmpty {
                HTML.paragraph("None was recorded.")
            } else {
                HTML.table(
                    "Who has changed what",
                    [
                        .number("position"), .text("recorded (UTC)"), .text("type"), .text("actor"),
                        .text("what it says"),
                    ],
                    audit.administration.map { event, says in
                        [
                            HTML("\(event.position)"), Shown.time(event.recorded), HTML(event.type),
                            HTML(event.actor ?? Shown.nothing), HTML.lines(says.map { HTML($0) }),
                        ]
                    })
            }
            HTML.more(audit.records.omittedAdministrationCount, "such records")
        }
    }

    private static func decisions(_ audit: PeriodAudit) -> HTML {
        HTML.tag("section") {
            HTML.tag("h2") { "Who is whom, and what no longer counts" }
            if audit.decisions.isEmpty {
                HTML.paragraph("Nobody was joined or parted, and nothing was voided.")
            } else {
                HTML.table(
                    "Decisions",
                    [
                        .number("position"), .text("recorded (UTC)"), .text("decision"), .text("aliases"),
                        .text("type"),
                        .text("source, id, actor"),
                    ],
                    audit.decisions.map { event, decision in
                        [
                            HTML("\(event.position)"), Shown.time(event.recorded), HTML(decision),
                            HTML.lines(event.aliases.map { HTML($0) }), HTML(event.type), EventsSection.origin(event),
                        ]
                    })
            }
            HTML.more(audit.records.omittedDecisionCount, "decisions")
        }
    }

    private static func corrections(_ audit: PeriodAudit) -> HTML {
        HTML.tag("section") {
            HTML.tag("h2") { "Corrections" }
            HTML.paragraph(
                audit.corrections.isEmpty
                    ? "Nothing was known at position \(audit.since) that could be corrected."
                    : "What was said at position \(audit.since) of that moment, and what is said of the same moment now."
            )
            for view in audit.corrections {
                if view.rows.isEmpty {
                    HTML.paragraph("\(view.view): nothing is said otherwise.")
                } else {
                    HTML.table(
                        view.view, view.columns.map(\.heading),
                        view.rows.map { row in row.map { Shown.value($0) } })
                }
                HTML.more(view.omittedCount, "values of \(view.view)")
            }
        }
    }

    private static func checkpoints(_ audit: PeriodAudit) -> HTML {
        HTML.tag("section") {
            HTML.tag("h2") { "Signed checkpoints" }
            if audit.checkpoints.isEmpty {
                HTML.paragraph("None was signed of the events after position \(audit.since).")
            } else {
                HTML.table(
                    "Signed in this time",
                    [.number("events"), .text("last event recorded (UTC)"), .text("root of the tree (base64)")],
                    audit.checkpoints.map { signed in
                        let head = signed.checkpoint.head
                        return [
                            HTML("\(head.size)"), Shown.time(signed.end),
                            HTML.code(head.text.split(separator: "\n").last.map(String.init) ?? ""),
                        ]
                    })
            }
            HTML.more(audit.omittedCheckpointCount, "earlier checkpoints")
            if let growth = audit.growth {
                HTML.paragraph(
                    "The log of \(growth.proof.checkpoint.head.size) events begins with the "
                        + "\(growth.proof.old) that were signed before this time; the proof of it is in this file, and "
                        + "not printed.")
                HTML.tag("details") {
                    HTML.tag("summary") { "The signed checkpoint before this time, and the proof" }
                    HTML.verbatim(growth.before.description)
                    HTML.verbatim(growth.proof.description)
                }
            }
        }
    }

    private static func commands(_ audit: PeriodAudit) -> [(what: String, command: String)] {
        var commands = audit.corrections.prefix(1).map { view in
            ("The corrections of a view, all of them:", "wayfold query \(view.view)/corrections --since \(audit.since)")
        }
        if audit.growth != nil, let key = audit.standing.key {
            let what =
                "That the log has only grown: save the checkpoint before as before.checkpoint, the proof as grown.proof."
            commands.append((what, "wayfold verify --proof grown.proof --checkpoint before.checkpoint --key \(key)"))
        }
        return commands
    }
}
