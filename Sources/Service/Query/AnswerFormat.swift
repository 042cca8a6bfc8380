import HTTPTypes
import Hummingbird

/// How rows are written.
enum AnswerFormat: String, CaseIterable, Sendable {
    case json, ndjson, csv

    var mediaType: String {
        switch self {
        case .json: "application/json"
        case .ndjson: "application/x-ndjson"
        case .csv: "text/csv"
        }
    }

    /// By `Accept`, or by the parameter `format`, which a link in a page can say.
    static func chosen(_ fields: HTTPFields, _ parameters: QueryParameters) throws(Problem) -> AnswerFormat {
        if let name = try parameters["format"] {
            guard let format = AnswerFormat(rawValue: name) else {
                let known = allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.badRequest, "format is \(name); it can be \(known)").about("format")
            }
            return format
        }
        guard let accepted = fields[.accept] else { return .json }
        let best = Acceptance(accepted).best(of: allCases.map(\.mediaType))
        guard let format = allCases.first(where: { $0.mediaType == best }) else {
            throw Problem(.notAcceptable, "rows come as \(allCases.map(\.mediaType).joined(separator: ", "))")
        }
        return format
    }

    /// - Throws: ``Problem`` where the caller wants a list otherwise than it is written.
    func check(_ fields: HTTPFields, _ parameters: QueryParameters) throws(Problem) {
        if let name = try parameters["format"] {
            guard name == rawValue else {
                throw Problem(.badRequest, "the list is written as \(rawValue), not \(name)").about("format")
            }
        } else if Acceptance(fields[.accept]).best(of: [mediaType]) == nil {
            throw Problem(.notAcceptable, "the list is written as \(mediaType)")
        }
    }
}
