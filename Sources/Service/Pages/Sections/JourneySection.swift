import Wayfold

/// The journey map: phases as bars, touchpoints as a table.
enum JourneySection {
    private static let touchpointsMax = 200

    static func html(_ answers: ViewAnswers) throws -> HTML {
        let phases = try phases(answers)
        let map = try map(answers)
        guard phases != nil || map != nil else { return HTML() }
        return HTML.tag("section") {
            HTML.tag("h2") { "Journey" }
            phases
            map
        }
    }

    private static func phases(_ answers: ViewAnswers) throws -> HTML? {
        guard let part = try PartTable(answers, "journey", "phases", with: ["phase", "customers", "events"]) else {
            return nil
        }
        let most = part.values("customers").map(\.amount).max() ?? 0
        let rows = part.rows.map { row in
            let phase = part.value("phase", in: row).label
            let customers = part.value("customers", in: row)
            return [
                HTML(phase), HTML.bar(customers.amount, of: most, "\(phase): \(customers.label) customers"),
                part.shown("customers", in: row), part.shown("events", in: row),
            ]
        }
        return part.remark
            + HTML.table("Phases", [.text("phase"), .text("compared"), .number("customers"), .number("events")], rows)
    }

    private static func map(_ answers: ViewAnswers) throws -> HTML? {
        let names = [
            "phase", "touchpoint", "customers", "events", "channels", "satisfaction", "satisfaction_n", "lost",
            "drop_off", "median_seconds", "pain_rank",
        ]
        guard let part = try PartTable(answers, "journey", "map", with: names, limit: touchpointsMax) else {
            return nil
        }
        let rows = part.rows.map { row in
            [
                part.shown("touchpoint", in: row), part.shown("phase", in: row), part.shown("customers", in: row),
                part.shown("events", in: row), mainChannel(part, row), satisfaction(part, row),
                part.shown("lost", in: row), Shown.percent(part.value("drop_off", in: row)),
                part.shown("median_seconds", in: row), part.shown("pain_rank", in: row),
            ]
        }
        return HTML.table(
            "Journey map: touchpoints by phase",
            [
                .text("touchpoint"), .text("phase"), .number("customers"), .number("events"), .text("main channel"),
                .number("satisfaction"), .number("lost here"), .number("drop-off"), .number("median to next"),
                .number("pain rank"),
            ], rows) + HTML.more(part.leftOut, "touchpoints")
    }

    /// Of the channels' distribution, `web 0.7500 (3), app 0.2500 (1)`, the greatest share.
    private static func mainChannel(_ part: PartTable, _ row: Row) -> HTML {
        let text = part.value("channels", in: row).label
        guard let first = text.prefixMatch(of: /(.+?) ([01]\.[0-9]{4}) \([0-9]+\)/), let share = Double(first.output.2)
        else { return HTML(text.isEmpty ? Shown.nothing : text) }
        return HTML("\(first.output.1) \(Shown.decimal(share * 100, digits: 0)) %")
    }

    /// The mean, 0 to 100, and how many opinions it is made of.
    private static func satisfaction(_ part: PartTable, _ row: Row) -> HTML {
        guard case .number(let mean) = part.value("satisfaction", in: row) else { return HTML(Shown.nothing) }
        return HTML("\(Shown.decimal(mean, digits: 0)) (n = \(part.value("satisfaction_n", in: row).label))")
    }
}
