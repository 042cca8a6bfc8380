import Wayfold

/// Buyers by recency and frequency, and by segment, of each currency.
enum RFMSection {
    /// The currencies with the most customers have a grid.
    private static let currenciesMax = 5

    /// The customers of one currency, summed up from the grid of three scores.
    private struct Population {
        let currency: String
        var customers = 0.0
        /// By recency, then frequency.
        var cells: [Int: [Int: Double]] = [:]
        /// In the order in which the grid first names them.
        var segments: [(name: String, customers: Double)] = []
    }

    static func html(_ answers: ViewAnswers) throws -> HTML {
        let names = ["r", "f", "currency", "customers", "segment"]
        guard let part = try PartTable(answers, "rfm", "grid", with: names), let policy = answers.activePolicy?.policy
        else { return HTML() }
        let populations = populations(part)
        return HTML.tag("section") {
            HTML.tag("h2") { "Recency, frequency, money" }
            part.remark
            if populations.isEmpty { HTML.tag("p", ["class": "note"]) { "Nobody has bought anything yet." } }
            for population in populations.prefix(currenciesMax) {
                HTML.tag("div", ["class": "beside"]) {
                    grid(population, scoreCount: policy.rfm.scoreCount)
                    segments(population, in: policy.rfm.segments.map(\.name))
                }
            }
            HTML.more(populations.count - currenciesMax, "currencies")
        }
    }

    private static func populations(_ part: PartTable) -> [Population] {
        var populations: [Population] = []
        for row in part.rows {
            let currency = part.value("currency", in: row).label
            if populations.last?.currency != currency { populations.append(Population(currency: currency)) }
            let last = populations.count - 1
            let customers = part.value("customers", in: row).amount
            let (r, f) = (Int(part.value("r", in: row).amount), Int(part.value("f", in: row).amount))
            populations[last].customers += customers
            populations[last].cells[r, default: [:]][f, default: 0] += customers
            guard case .text(let segment) = part.value("segment", in: row) else { continue }
            if let known = populations[last].segments.firstIndex(where: { $0.name == segment }) {
                populations[last].segments[known].customers += customers
            } else {
                populations[last].segments.append((segment, customers))
            }
        }
        return populations.sorted { $0.customers > $1.customers }
    }

    /// Customers by recency (down, the newest first) and frequency (across); the darker the more, in five steps.
    private static func grid(_ population: Population, scoreCount: Int) -> HTML {
        let most = population.cells.values.flatMap(\.values).max() ?? 0
        let caption = "Customers who buy in \(population.currency): recency down, frequency across"
        return HTML.wide(caption, style: "heat") {
            HTML.tag("thead") {
                HTML.tag("tr") {
                    HTML.tag("th", ["scope": "col"]) { "score (\(scoreCount) is best)" }
                    for frequency in 1...scoreCount {
                        HTML.tag("th", ["scope": "col", "class": "number"]) { "frequency \(frequency)" }
                    }
                }
            }
            HTML.tag("tbody") {
                for recency in (1...scoreCount).reversed() {
                    HTML.tag("tr") {
                        HTML.tag("th", ["scope": "row"]) { "recency \(recency)" }
                        for frequency in 1...scoreCount {
                            cell(population.cells[recency]?[frequency] ?? 0, most)
                        }
                    }
                }
            }
        }
    }

    private static func cell(_ customers: Double, _ most: Double) -> HTML {
        let heat = customers > 0 ? 1 + min(4, Int(customers / most * 5)) : 0
        return HTML.tag("td", ["class": heat > 0 ? "heat\(heat)" : nil]) { Shown.decimal(customers, digits: 0) }
    }

    /// The segments of the policy in its order, those that nobody is in as well.
    private static func segments(_ population: Population, in names: [String]) -> HTML {
        let most = population.segments.map(\.customers).max() ?? 0
        let rows = names.map { name in
            let customers = population.segments.first { $0.name == name }?.customers ?? 0
            let count = Shown.decimal(customers, digits: 0)
            return [
                HTML(name), HTML.bar(customers, of: most, "\(name): \(count) customers"), HTML(count),
                HTML(Shown.decimal(customers / population.customers * 100, digits: 1) + " %"),
            ]
        }
        return HTML.table(
            "Segments of customers who buy in \(population.currency)",
            [.text("segment"), .text("compared"), .number("customers"), .number("share")], rows)
    }
}
