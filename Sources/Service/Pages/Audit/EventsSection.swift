import Wayfold

/// Records as a table: when, what, from whom, and the hash of what is stored.
enum EventsSection {
    static let headings: [TableHeading] = [
        .number("position"), .text("occurred, recorded (UTC)"), .text("type, aliases"), .text("source, id, actor"),
        .text("SHA-256 of the leaf"),
    ]

    static func table(_ caption: String, _ events: [AuditedEvent]) -> HTML {
        HTML.table(caption, headings, events.map(row))
    }

    private static func row(_ event: AuditedEvent) -> [HTML] {
        [
            HTML("\(event.position)"), times(event),
            HTML.lines(([event.type] + event.aliases).map { HTML($0) }), origin(event),
            HTML.code(event.hash),
        ]
    }

    static func times(_ event: AuditedEvent) -> HTML {
        HTML.lines([Shown.time(event.occurred), Shown.time(event.recorded)])
    }

    static func origin(_ event: AuditedEvent) -> HTML {
        HTML.lines(
            [HTML(event.source), HTML(event.id ?? "(erased)")] + [event.actor].compactMap { $0.map { HTML($0) } })
    }
}
