import Projections
import Wayfold

/// A part as it is served, with what takes longer to find out than most answers.
struct ServedPart: Sendable {
    let description: PartDescription
    let columns: [Column]
    let shape: JSONRow
    /// What is to be known of it, as JSON.
    let about: String

    init(_ description: PartDescription, columns: [Column]? = nil) {
        self.description = description
        self.columns = columns ?? description.columns
        shape = JSONRow(self.columns)
        about = description.report.json
    }

    /// Whether it has a few rows whatever there is in the log, and no text that says what to look for.
    var isShort: Bool {
        guard let key = description.key, !key.contains("customer") else { return false }
        return !description.options.contains { option in
            switch option {
            case .text: true
            case .customer, .choice: false
            }
        }
    }
}

extension PartDescription {
    /// The part with its columns and options.
    fileprivate var report: Report {
        .fields([
            ("view", .text(view)), ("part", .text(name)),
            (
                "columns",
                .list(
                    columns.map {
                        .fields([
                            ("name", .text($0.name)), ("type", .text($0.kind.rawValue)),
                            ("unit", .text($0.unit.isEmpty ? nil : $0.unit)),
                        ])
                    })
            ),
            ("key", key.map { .texts($0) } ?? .value(.null)), ("options", .list(options.map(\.report))),
        ])
    }
}

extension PartOption {
    fileprivate var report: Report {
        switch self {
        case .customer(let isRequired):
            .fields([("name", .text(name)), ("required", .value(.flag(isRequired))), ("words", .value(.null))])
        case .choice(_, let words):
            .fields([("name", .text(name)), ("required", .value(.flag(false))), ("words", .texts(words))])
        case .text(_, let isRequired):
            .fields([("name", .text(name)), ("required", .value(.flag(isRequired))), ("words", .value(.null))])
        }
    }
}
