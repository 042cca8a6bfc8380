public import Projections

/// An answer that is no table: named figures and lists, as readable text or as one JSON object.
public indirect enum Report: Sendable {
    case value(Value)
    case fields([(name: String, report: Report)])
    case rows([Column], [Row])
    case list([Report])
    /// What is JSON already.
    case json(String)

    public static func text(_ text: String?) -> Report { .value(text.map(Value.text) ?? .null) }
    public static func integer(_ number: some BinaryInteger) -> Report { .value(.integer(Int64(number))) }
    public static func texts(_ texts: [String]) -> Report { .list(texts.map { .text($0) }) }

    /// The report as JSON on one line.
    public var json: String {
        switch self {
        case .value(let value): value.json
        case .fields(let fields):
            "{" + fields.map { JSONString.quoted($0.name) + ":" + $0.report.json }.joined(separator: ",") + "}"
        case .rows(let columns, let rows):
            "[" + rows.map { JSONRow(columns).object($0) }.joined(separator: ",") + "]"
        case .list(let reports): "[" + reports.map(\.json).joined(separator: ",") + "]"
        case .json(let text): text
        }
    }
}
