import HTTPTypes
import Hummingbird
import NIOCore
import Projections
import Wayfold

/// All rows of an answer, sent as they are read from the list that holds them.
struct WholeAnswer: Sendable {
    let part: ServedPart
    let format: AnswerFormat
    let rows: FirstRows

    private static let pieceCount = 5_000

    func response(to request: Request, _ tag: EntityTag, _ pool: QueryPool, _ turn: String) -> Response {
        var headers = rows.answer.headers(format)
        headers.append(HTTPField(name: .eTag, value: tag.text))
        var start: [UInt8] = []
        if format == .csv { CSVRow.append(header: part.columns, to: &start) }
        start += rows.lines
        guard let rest = rows.rest else { return Response.compressed(start, headers, for: request) }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { [start, rows] writer in
                try await writer.write(ByteBuffer(bytes: start))
                var offset: Int? = rest.offset
                while let from = offset {
                    let (lines, next) = try await pool.run(for: turn) {
                        try rest.spool.page(from: from, count: Self.pieceCount)
                    }
                    try await writer.write(ByteBuffer(bytes: lines))
                    offset = next
                }
                try await writer.finish(nil)
                // The list and its room are kept until the last of it is sent.
                withExtendedLifetime(rows) {}
            })
    }
}
