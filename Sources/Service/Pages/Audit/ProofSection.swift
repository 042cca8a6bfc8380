import Transparency
import Wayfold

/// What proves the records of a report: what is stored of each, its receipt, and the checkpoint that was signed.
enum ProofSection {
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
                HTML.tag("p") {
                    "A leaf is what the log stores of an event, but for what is personal: of that it holds the hash. "
                        + "Its own hash is SHA-256 of a zero byte and the leaf (RFC 9162). A receipt is in this file below each "
                        + "leaf, to be opened on a screen; it is not printed."
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

    private static func entry(_ event: AuditedEvent) -> HTML {
        HTML.tag("div", ["class": "entry"]) {
            HTML.tag("div") { "Position \(event.position)" + (event.receipt == nil ? ", not proved yet" : "") }
            HTML.code(event.leaf)
            if let receipt = event.receipt {
                HTML.tag("details") {
                    HTML.tag("summary") { "Receipt of position \(event.position)" }
                    HTML.verbatim(receipt.description)
                }
            }
        }
    }
}
