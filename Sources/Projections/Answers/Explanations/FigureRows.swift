import Touchpoints

/// One value that a view shows of a customer: a column, in the row of that key.
struct Figure: Hashable {
    /// What tells the row from the customer's others, such as a currency; empty where there is one row.
    let key: [Value]
    let column: Int
}

/// What a part says of one customer, row by row.
struct FigureTable: Equatable {
    private(set) var rows: [[Value]: Row] = [:]
    /// In the part's order.
    private(set) var keys: [[Value]] = []

    /// Null where there is no such row.
    subscript(_ figure: Figure) -> Value { rows[figure.key]?[figure.column] ?? .null }

    mutating func add(_ row: Row, key: [Value]) {
        guard rows.updateValue(row, forKey: key) == nil else { return }
        keys.append(key)
    }
}

/// What a part says of one customer in any state, by the part's own code: at the clock of the answer, and beside all other
/// customers as they are.
struct FigureRows<P: Projector> {
    let part: Part<P>
    let customer: CustomerNumber
    private let fold: ViewFold<P>
    private let rows: Part<P>.Rows
    private let keyColumns: [Int]

    /// - Parameter rows: how the part's rows are made of one customer.
    init(_ part: Part<P>, of customer: CustomerNumber, in fold: ViewFold<P>, by rows: @escaping Part<P>.Rows) {
        self.part = part
        self.customer = customer
        self.fold = fold
        self.rows = rows
        keyColumns = Self.keyColumns(of: part)
    }

    /// The columns that are figures, by their indices.
    static func columns(of part: Part<P>) -> [Int] {
        part.columns.indices.filter { part.columns[$0].name != "customer" && !keyColumns(of: part).contains($0) }
    }
    var columns: [Int] { Self.columns(of: part) }

    private static func keyColumns(of part: Part<P>) -> [Int] {
        (part.keyIndices ?? []).filter { part.columns[$0].name != "customer" }
    }

    /// Nothing in a state of nobody.
    func callAsFunction(in state: P.State?) throws -> FigureTable {
        guard let state else { return FigureTable() }
        var slot = Slot<P.State>()
        slot.state = state
        // Of somebody who is there: whose step it was does not matter to a row.
        slot.key = FoldKey(time: .epoch, sequence: 0, position: fold.checkpoint)
        return try table(OpenView(fold: fold, alone: (customer, slot)), rows)
    }

    /// What the view shows.
    func table(_ view: OpenView<P>, _ rows: Part<P>.Rows) throws -> FigureTable {
        var table = FigureTable()
        let query = Query(customer: customer, reference: fold.clock, options: part.standardOptions)
        try rows(ViewReader(view), query) { row in
            // A part without a key tells its rows by their order.
            let key =
                part.key == nil && !table.keys.isEmpty
                ? [.integer(Int64(table.keys.count))] : keyColumns.map { row[$0] }
            table.add(row, key: key)
        }
        return table
    }
}

extension Part {
    /// The options as they are where nobody says anything.
    fileprivate var standardOptions: [String: String] {
        var standard: [String: String] = [:]
        for case .choice(let name, let words) in options { standard[name] = words[0] }
        return standard
    }
}
