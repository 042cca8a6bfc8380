import EventLog
import HTTPTypes
import Hummingbird
import Projections
import Wayfold

/// A page of an answer, ready to be sent.
struct ListAnswer: Sendable {
    let part: ServedPart
    let answer: Answer
    let format: AnswerFormat
    /// Lines of NDJSON or CSV, without a header.
    let lines: [UInt8]
    /// Where the next page begins; nil: this is the last.
    let cursor: ListCursor?

    func response(to request: Request, _ tag: EntityTag?) throws -> Response {
        var headers = answer.headers(format)
        // A page whose cursor may have expired is not to be taken for the same.
        if let tag, cursor == nil { headers.append(HTTPField(name: .eTag, value: tag.text)) }
        if let cursor {
            let link = "<\(request.uri.path)?cursor=\(cursor.text)>; rel=\"next\""
            headers.append(HTTPField(name: .link, value: link))
        }
        return Response.compressed(body, headers, for: request)
    }

    private var body: [UInt8] {
        switch format {
        case .ndjson: return lines
        case .csv:
            var bytes: [UInt8] = []
            CSVRow.append(header: part.columns, to: &bytes)
            return bytes + lines
        case .json: return json
        }
    }

    private var json: [UInt8] {
        var head = "{\"position\":\(answer.position),\"epoch\":\(answer.epoch),\"as_of\":"
        head += answer.asOf.map { Value.time($0).json } ?? "null"
        head += ",\"policy\":\(answer.policy),\"set_aside\":\(answer.setAside)"
        head += answer.isStale ? ",\"stale\":true" : ",\"stale\":false"
        // A cursor has no character that JSON would write otherwise.
        head += ",\"next_cursor\":" + (cursor.map { "\"\($0.text)\"" } ?? "null") + ",\"rows\":[\n"
        var bytes: [UInt8] = []
        bytes.reserveCapacity(head.utf8.count + lines.count + lines.count / 64 + 8)
        bytes += head.utf8
        // A text holds no raw line feed, so each line is a row.
        let last = lines.count - 1
        for (index, byte) in lines.enumerated() {
            if byte == UInt8(ascii: "\n"), index < last { bytes.append(UInt8(ascii: ",")) }
            bytes.append(byte)
        }
        bytes += "]}\n".utf8
        return bytes
    }
}

extension Answer {
    /// Where the answer stands, and how it is written.
    func headers(_ format: AnswerFormat) -> HTTPFields {
        var headers = headers
        headers.append(
            HTTPField(
                name: .contentType,
                value: format == .csv ? "text/csv; charset=utf-8; header=present" : format.mediaType))
        headers.append(HTTPField(name: .vary, value: "Accept, Accept-Encoding, Authorization"))
        headers.append(HTTPField(name: .cacheControl, value: "private, no-cache"))
        return headers
    }

    /// Where the answer stands.
    private var headers: HTTPFields {
        var headers = HTTPFields()
        // Appended, since a name that is set is looked for first.
        headers.append(HTTPField(name: .position, value: "\(position)"))
        headers.append(HTTPField(name: .epoch, value: "\(epoch)"))
        headers.append(HTTPField(name: .policy, value: "\(policy)"))
        if isStale { headers.append(HTTPField(name: .stale, value: "true")) }
        return headers
    }
}
