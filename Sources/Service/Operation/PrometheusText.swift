/// Prometheus' text format 0.0.4: one family of series behind the other, each with what it means.
struct PrometheusText {
    enum Kind: String { case counter, gauge, histogram }

    private(set) var text = ""
    private var name = ""

    /// Begins a family; the series that follow are its own.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func add(_ labels: [(name: String, value: String)], _ value: some Numeric) {
        let labels = Self.labels(labels)
        text += name + (labels.isEmpty ? "" : "{\(labels)}") + " \(value)\n"
    }

    mutating func add(_ labels: [(name: String, value: String)], _ histogram: Histogram) {
        text += histogram.lines(name, Self.labels(labels))
    }

    /// A family of one series.
    mutating func gauge(_ name: String, _ help: String, _ value: Int) {
        begin(name, .gauge, help)
        add([], value)
    }

    /// `name="value"` with commas between them; a label without a value is none.
    private static func labels(_ labels: [(name: String, value: String)]) -> String {
        labels.filter { !$0.value.isEmpty }.map { name, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                .replacing("\n", with: "\\n")
            return "\(name)=\"\(escaped)\""
        }.joined(separator: ",")
    }
}
