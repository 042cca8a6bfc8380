import Transparency
import Wayfold

/// What proves the records of a report: what is stored of each, its receipt, and the checkpoint that was signed.
enum ProofSection {
    /// Of a longer leaf, as that of a policy is, the beginning is shown; its receipt has all.
    private static let shownLengthMax = 2_000

    static func html(_ standing: AuditStanding, _ events: [AuditedEvent]) -> HTML {
        HTML.tag("section") {
            HTML.tag("h2") { "Proof" }
            summary(standing, events)
            if let checkpoint = standing.checkpoint, let key = standing.key {
                HTML.tag("p") { "The signed checkpoint, and the key that verifies its signature:" }
                HTML.verbatim(checkpoint.description)
                HTML.verbatim("\(key)")
            }
            if !events.isEmpty {
                HTML.paragraph(
                    "What follows is what the log stores of each event, its leaf; of what is personal, the leaf holds the hash. "
                        + "Its own hash is SHA-256 of a zero byte and the leaf (RFC 9162).")
                if events.contains(where: { $0.receipt != nil }) {
                    HTML.paragraph(
                        "Below each leaf this file has its receipt, to be opened on a screen; receipts are not printed."
                    )
                }
            }
            for event in events { entry(event) }
        }
    }

    private static func summary(_ standing: AuditStanding, _ events: [AuditedEvent]) -> HTML {
        let unproved = events.filter { $0.receipt == nil }
        guard let first = unproved.first else {
            return HTML.paragraph(
                events.isEmpty
                    ? "No event is named here."
                    : "Each event named here is in the log that was signed: its receipt says so.")
        }
        guard let head = standing.checkpoint?.head else {
            return HTML.warning("No checkpoint was signed, so none of these events is proved.")
        }
        return HTML.warning(
            "Of the events named here, \(unproved.count) of \(events.count) came after the last signed checkpoint, of \(head.size) "
                + "events, and cannot be proved yet; the first is at position \(first.position).")
    }

    private static func shown(_ leaf: String) -> String {
        let count = leaf.utf8.count
        return count <= shownLengthMax
            ? leaf : leaf.prefix(shownLengthMax) + " … (\(Shown.grouped("\(count)")) bytes; its receipt has all)"
    }

    private static func entry(_ event: AuditedEvent) -> HTML {
        HTML.tag("div", ["class": "entry"]) {
            HTML.tag("div") { "Position \(event.position)" + (event.receipt == nil ? ", not proved yet" : "") }
            HTML.code(shown(event.leaf))
            if let receipt = event.receipt {
                HTML.tag("details") {
                    HTML.tag("summary") { "Receipt of position \(event.position)" }
                    HTML.verbatim(receipt.description)
                }
            }
        }
    }
}
