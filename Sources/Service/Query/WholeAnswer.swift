import HTTPTypes
import Hummingbird
import NIOCore
import Projections
import Wayfold

/// All rows of an answer, sent as they are read from the list that holds them.
struct WholeAnswer: Sendable {
    let columns: [Column]
    let answer: Answer
    let format: AnswerFormat
    /// The first lines of NDJSON or CSV, without a header.
    let lines: [UInt8]
    let rest: (spool: RowSpool, offset: Int)?

    private static let pieceCount = 5_000

    func response(to request: Request, eTag: String, _ pool: QueryPool) -> Response {
        var headers = answer.headers(format)
        headers[.eTag] = eTag
        var start: [UInt8] = []
        if format == .csv { CSVRow.append(header: columns, to: &start) }
        start += lines
        guard let rest else { return Response.compressed(start, headers, for: request) }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { [start] writer in
                try await writer.write(ByteBuffer(bytes: start))
                var offset: Int? = rest.offset
                while let from = offset {
                    let (lines, next) = try await pool.run { try rest.spool.page(from: from, count: Self.pieceCount) }
                    try await writer.write(ByteBuffer(bytes: lines))
                    offset = next
                }
                try await writer.finish(nil)
            })
    }
}
