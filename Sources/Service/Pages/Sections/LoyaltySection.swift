import Wayfold

/// What all members have together, and their tiers.
enum LoyaltySection {
    private static let figures = [
        "members", "balance", "pending", "owed", "earned", "redeemed", "expired", "reversed", "adjusted",
    ]

    static func html(_ answers: ViewAnswers) throws -> HTML {
        let totals = try PartTable(answers, "loyalty", "totals", with: figures)
        let tiers = try tiers(answers)
        guard totals != nil || tiers != nil else { return HTML() }
        return HTML.tag("section") {
            HTML.tag("h2") { "Loyalty" }
            if let totals, let row = totals.rows.first {
                totals.remark
                HTML.list(
                    "Members and their points", figures.map { ($0, totals.shown($0, in: row)) })
            }
            tiers
        }
    }

    private static func tiers(_ answers: ViewAnswers) throws -> HTML? {
        guard let part = try PartTable(answers, "loyalty", "tiers", with: ["tier", "members", "points"]) else {
            return nil
        }
        let most = part.values("members").map(\.amount).max() ?? 0
        let rows = part.rows.map { row in
            let tier = part.value("tier", in: row).label
            let members = part.value("members", in: row)
            return [
                HTML(tier), HTML.bar(members.amount, of: most, "\(tier): \(members.label) members"),
                part.shown("members", in: row), part.shown("points", in: row),
            ]
        }
        return HTML.table(
            "Members by tier", [.text("tier"), .text("compared"), .number("members"), .number("points")], rows)
    }
}
