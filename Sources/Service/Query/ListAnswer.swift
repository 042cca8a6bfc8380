import EventLog
import HTTPTypes
import Hummingbird
import Projections
import Wayfold

/// A page of an answer, ready to be sent.
struct ListAnswer: Sendable {
    let columns: [Column]
    let answer: Answer
    let format: AnswerFormat
    /// Lines of NDJSON or CSV, without a header.
    let lines: [UInt8]
    /// Where the next page begins; nil: this is the last.
    let cursor: String?

    func response(to request: Request, eTag: String?) throws -> Response {
        var headers = answer.headers(format)
        // A page whose cursor may have expired is not to be taken for the same.
        headers[.eTag] = cursor == nil ? eTag : nil
        if let cursor {
            headers[.link] = "<\(request.uri.path)?cursor=\(cursor)>; rel=\"next\""
        }
        return Response.compressed(body, headers, for: request)
    }

    private var body: [UInt8] {
        switch format {
        case .ndjson: return lines
        case .csv:
            var bytes: [UInt8] = []
            CSVRow.append(header: columns, to: &bytes)
            return bytes + lines
        case .json:
            let members: [(name: String, report: Report)] = [
                ("position", .integer(answer.position.rawValue)), ("epoch", .integer(DataFolder.epoch)),
                ("as_of", .value(answer.asOf.map { .time($0) } ?? .null)), ("policy", .integer(answer.policy.rawValue)),
                ("set_aside", .integer(answer.setAside)), ("stale", .value(.flag(answer.isStale))),
                ("next_cursor", .text(cursor)),
            ]
            var bytes = Array(Report.fields(members).json.utf8.dropLast()) + Array(",\"rows\":[\n".utf8)
            // A text holds no raw line feed, so each line is a row.
            let last = lines.count - 1
            for (index, byte) in lines.enumerated() {
                if byte == UInt8(ascii: "\n"), index < last { bytes.append(UInt8(ascii: ",")) }
                bytes.append(byte)
            }
            return bytes + Array("]}\n".utf8)
        }
    }
}

extension Answer {
    /// Where the answer stands, and how it is written.
    func headers(_ format: AnswerFormat) -> HTTPFields {
        var headers = headers
        headers[.contentType] = format == .csv ? "text/csv; charset=utf-8; header=present" : format.mediaType
        headers[.vary] = "Accept, Accept-Encoding, Authorization"
        headers[.cacheControl] = "private, no-cache"
        return headers
    }

    /// Where the answer stands.
    var headers: HTTPFields {
        var headers: HTTPFields = [
            .position: "\(position)", .epoch: "\(DataFolder.epoch)", .policy: "\(policy)",
        ]
        if isStale { headers[.stale] = "true" }
        return headers
    }
}
