import Foundation
import Projections
import Wayfold

/// Rows on their way to the first page of a list, and behind it to the list that later pages are read from.
final class RowPage {
    private let format: AnswerFormat
    private let limit: Int
    /// Whether further pages are wanted.
    private let isPaged: Bool
    private let makeSpool: () throws -> RowSpool
    /// Lines of NDJSON or CSV.
    private var lines: [UInt8] = []
    private var count = 0
    private var spool: RowSpool?
    private let shape: JSONRow

    /// - Parameters:
    ///   - isSorted: rows come in another order than they are shown in, so that all go through the list.
    ///   - makeSpool: makes the list, when it is needed.
    init(
        _ part: ServedPart, _ format: AnswerFormat, limit: Int, isPaged: Bool, isSorted: Bool,
        makeSpool: @escaping () throws -> RowSpool
    ) throws {
        self.format = format
        self.limit = limit
        self.isPaged = isPaged
        self.makeSpool = makeSpool
        shape = part.shape
        if isSorted { spool = try makeSpool() }
    }

    /// Takes the next row; throws `EnoughRows` when no more are needed.
    func take(_ row: Row) throws {
        if let spool { return try spool.write(row) }
        guard count < limit else {
            guard isPaged else { throw EnoughRows() }
            spool = try makeSpool()
            return try spool!.write(row)
        }
        count += 1
        if format == .csv {
            CSVRow.append(row, to: &lines)
        } else {
            shape.append(row, to: &lines)
            lines.append(UInt8(ascii: "\n"))
        }
    }

    /// The lines of the first page, and the list with what is behind it, from an offset on.
    func finish() throws -> (lines: [UInt8], rest: (spool: RowSpool, offset: Int)?) {
        guard let spool else { return (lines, nil) }
        try spool.finish()
        guard count == 0 else { return (lines, (spool, 0)) }
        let (first, next) = try spool.page(from: 0, count: limit)
        return (first, isPaged ? next.map { (spool, $0) } : nil)
    }
}
