import Foundation
import Wayfold

/// Why figures are what they are: view by view the steps that made them so, and what the policy says of their rules.
enum WhySection {
    static func html(_ audit: CustomerAudit) -> HTML {
        HTML.tag("section") {
            HTML.tag("h2") { "Why" }
            if audit.explanations.isEmpty {
                HTML.warning(
                    "Not explained here: the customer has \(Shown.grouped("\(audit.recordCount)")) records, more than "
                        + "\(Shown.grouped("\(CustomerAudit.explainedRecordsMax)")). `wayfold explain` explains a single figure."
                )
            } else {
                HTML.paragraph(
                    "Each step that made a figure what it is: an event, or a wake-up when something fell due. These alone, folded in this "
                        + "order, give the figures above: that was tried. An event that changed nothing is there where a later step needs it."
                )
            }
            for view in audit.explanations { steps(view) }
            policies(audit.passages)
        }
    }

    private static func steps(_ view: ViewExplanation) -> HTML {
        if view.steps.isEmpty { return HTML.paragraph("\(view.view): no event has changed a figure.") }
        let headings: [TableHeading] = [
            .text("time (UTC)"), .number("position"), .text("what happened"), .text("rules (policy)"),
            .text("figures, before → after"),
        ]
        return HTML.table(view.view, headings, view.steps.map(row))
            + HTML.more(view.omittedStepCount, "earlier steps") + remarks(view)
    }

    private static func row(_ step: ViewExplanation.Step) -> [HTML] {
        [
            Shown.time(step.time), HTML(step.position.map { "\($0)" } ?? Shown.nothing),
            HTML(
                step.kind == "event"
                    ? step.type ?? "" : [step.kind, step.type].compactMap { $0 }.joined(separator: " ")),
            HTML(rules(step)), HTML.lines(changes(step)),
        ]
    }

    private static func rules(_ step: ViewExplanation.Step) -> String {
        guard let rules = step.rules, !rules.isEmpty else { return Shown.nothing }
        return rules + (step.passage.map { " (P\($0))" } ?? "")
    }

    private static func changes(_ step: ViewExplanation.Step) -> [HTML] {
        var lines: [HTML] = []
        var needed: [String] = []
        for change in step.changes {
            if change.before == change.after {
                needed.append(change.figure)
            } else {
                lines.append(
                    HTML("\(change.figure): \(change.before ?? Shown.nothing) → \(change.after ?? Shown.nothing)"))
            }
        }
        let part =
            switch step.kind {
            case "voided": "would have counted for "
            case "skipped": "could not be folded into "
            default: "needed later for "
            }
        if !needed.isEmpty { lines.append(HTML(part + needed.joined(separator: ", "))) }
        return lines
    }

    private static func remarks(_ view: ViewExplanation) -> HTML {
        var remarks = HTML()
        if !view.shown.isEmpty {
            let passages = Dictionary(grouping: view.shown, by: \.passage).sorted { $0.key < $1.key }
            let texts = passages.map { "\($0.value.map(\.figure).joined(separator: ", ")) by P\($0.key)" }
            remarks = remarks + HTML.paragraph("Worked out when asked: " + texts.joined(separator: "; ") + ".")
        }
        if !view.unproved.isEmpty {
            remarks =
                remarks
                + HTML.paragraph(
                    "Some steps may not be needed for " + view.unproved.joined(separator: ", ")
                        + ": there were too many to try each.")
        }
        return remarks
    }

    private static func policies(_ passages: PolicyPassages) -> HTML {
        guard !passages.all.isEmpty else { return HTML() }
        let rows = passages.all.enumerated().map { index, passage in
            [
                HTML("P\(index + 1)"), HTML("\(passage.policy)"),
                HTML.lines(passage.text.components(separatedBy: "; ").map { HTML($0) }),
            ]
        }
        return HTML.table(
            "What the policy says", [.text("no."), .number("activated at"), .text("policy")], rows)
    }
}
