public import Projections
import Touchpoints

/// An order of rows by their columns: `-monetary,customer` is the greatest money first, equal money by customer.
///
/// Texts compare by their bytes, numbers by their value (whatever digits they are written with), times and days in order,
/// false before true. Nulls come last in both directions, and rows that are equal in all these columns stay in the order in
/// which they came.
public struct RowSort: Sendable, Equatable {
    private struct Term: Sendable, Equatable {
        var column: Int
        var kind: Column.Kind
        var isDescending: Bool
    }

    private let terms: [Term]

    /// - Parameter text: names of columns with commas between them, each with a `-` before it for the other direction.
    /// - Throws: ``QueryError`` naming the column that is not there.
    public init(_ text: String, columns: [Column]) throws(QueryError) {
        var terms: [Term] = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let isDescending = word.first == "-"
            let name = isDescending ? word.dropFirst() : word
            guard let column = columns.firstIndex(where: { $0.name == name }) else {
                throw QueryError(
                    "there is no column \(name); there are \(columns.map(\.name).joined(separator: ", "))",
                    parameter: "sort")
            }
            guard !terms.contains(where: { $0.column == column }) else {
                throw QueryError("rows cannot be sorted by \(name) twice", parameter: "sort")
            }
            terms.append(Term(column: column, kind: columns[column].kind, isDescending: isDescending))
        }
        self.terms = terms
    }

    /// Appends the row's place in the order: bytes that compare as the rows do, and of which none begins another's.
    func appendKey(of row: Row, to bytes: inout [UInt8]) {
        for term in terms {
            let start = bytes.count
            bytes.append(0)
            guard SortKey.append(row[term.column], as: term.kind, to: &bytes) else {
                bytes[start] = 1
                continue
            }
            guard term.isDescending else { continue }
            for index in start + 1..<bytes.count { bytes[index] = ~bytes[index] }
        }
    }
}
