import Touchpoints

/// A mapping with its columns found: turns records into the JSON of CloudEvents.
struct CSVPlan {
    private let columns: [String]
    private let attributes: [Cell]
    private let data: Tree
    private let decimalSeparator: UInt8

    /// Throws when the mapping names a column that is not among these.
    init(_ mapping: CSVMapping, columns: [String]) throws(MappingError) {
        try mapping.checkColumns(columns)
        self.columns = columns
        decimalSeparator = mapping.decimalSeparator
        attributes = mapping.attributes.map { Cell($0, field: $0.target, columns) }
        var data = Tree.object([])
        for rule in mapping.data {
            let path = rule.target.split(separator: ".").map { Array($0.utf8) }
            data.insert(Cell(rule, field: "data." + rule.target, columns), at: path[...])
        }
        self.data = data
    }

    /// One rule and where its cells are.
    private struct Cell {
        let rule: CSVMapping.Rule
        /// As messages name it.
        let field: String
        /// The index of the column, nil for a constant.
        let column: Int?

        init(_ rule: CSVMapping.Rule, field: String, _ columns: [String]) {
            self.rule = rule
            self.field = field
            if case .column(let name) = rule.origin { column = columns.firstIndex(of: name)! } else { column = nil }
        }

        /// The text of the cell behind translation; nil where it is empty.
        func text(in record: CSVRecord) -> [UInt8]? {
            if case .constant(let text) = rule.origin { return Array(text.utf8) }
            let cell = record[column!]
            if cell.isEmpty { return nil }
            if rule.values.isEmpty && rule.prefix.isEmpty { return Array(cell) }
            let text = String(decoding: cell, as: UTF8.self)
            return Array((rule.values[text] ?? rule.prefix + text).utf8)
        }
    }

    /// The properties of `data` as they lie inside each other.
    private indirect enum Tree {
        case leaf(Cell)
        case object([(name: [UInt8], value: Tree)])

        mutating func insert(_ cell: Cell, at path: ArraySlice<[UInt8]>) {
            guard let name = path.first else {
                self = .leaf(cell)
                return
            }
            guard case .object(var members) = self else { return }
            let place = members.firstIndex { $0.name == name } ?? members.count
            if place == members.count { members.append((name, .object([]))) }
            members[place].value.insert(cell, at: path.dropFirst())
            self = .object(members)
        }
    }
}

/// Records.
extension CSVPlan {
    /// Refuses a record with another number of fields than there are columns.
    func check(_ record: CSVRecord) throws(Refusal) {
        if let fault = record.fault { throw Refusal(field: "", reason: fault) }
        if record.count != columns.count {
            throw Refusal(field: "", reason: "expected \(columns.count) columns, found \(record.count)")
        }
    }

    /// Why a record whose event is not JSON was not: the JSON is ours, only the bytes of a cell can be wrong.
    func refusalOfBytes(_ record: CSVRecord) -> Refusal {
        let column = columns.indices.first { String(validating: record[$0], as: UTF8.self) == nil }
        let place = column.map { "the cell of column \"\(columns[$0])\"" } ?? "the row"
        return Refusal(field: "", reason: "\(place) is not UTF-8")
    }

    /// The source of the record's event, empty where there is none.
    func source(of record: CSVRecord) -> [UInt8] {
        attributes.first { $0.rule.target == "source" }?.text(in: record) ?? []
    }

    var hasID: Bool { attributes.contains { $0.rule.target == "id" } }

    /// Writes the record's event.
    ///
    /// - Parameter id: of an event whose id is in no column.
    func write(_ record: CSVRecord, id: [UInt8]?, zone: ZoneTable, to json: inout [UInt8]) throws(Refusal) {
        json += "{\"specversion\":\"1.0\"".utf8
        if let id { Self.append(name: "id".utf8, string: id, to: &json) }
        for cell in attributes {
            guard let value = try value(of: cell, in: record, zone) else { continue }
            Self.append(name: cell.rule.target.utf8, to: &json)
            json += value
        }
        if case .object(let members) = data, !members.isEmpty {
            json += ",\"data\":".utf8
            _ = try write(members, record, zone, to: &json)
        }
        json.append(UInt8(ascii: "}"))
    }

    /// Writes an object; gives whether there was anything in it.
    private func write(
        _ members: [(name: [UInt8], value: Tree)], _ record: CSVRecord, _ zone: ZoneTable, to json: inout [UInt8]
    ) throws(Refusal) -> Bool {
        json.append(UInt8(ascii: "{"))
        var isEmpty = true
        for (name, tree) in members {
            let start = json.count
            if !isEmpty { json.append(UInt8(ascii: ",")) }
            CanonicalJSON.append(string: name, to: &json)
            json.append(UInt8(ascii: ":"))
            var isWritten = false
            switch tree {
            case .object(let members): isWritten = try write(members, record, zone, to: &json)
            case .leaf(let cell):
                if let value = try value(of: cell, in: record, zone) {
                    json += value
                    isWritten = true
                }
            }
            if isWritten { isEmpty = false } else { json.removeLast(json.count - start) }
        }
        json.append(UInt8(ascii: "}"))
        return !isEmpty
    }

    private static func append(name: some Sequence<UInt8>, string: [UInt8]? = nil, to json: inout [UInt8]) {
        json.append(UInt8(ascii: ","))
        CanonicalJSON.append(string: name, to: &json)
        json.append(UInt8(ascii: ":"))
        if let string { CanonicalJSON.append(string: string, to: &json) }
    }
}

/// Cells.
extension CSVPlan {
    /// The JSON of a cell; nil where it is empty.
    private func value(of cell: Cell, in record: CSVRecord, _ zone: ZoneTable) throws(Refusal) -> [UInt8]? {
        guard let text = cell.text(in: record) else { return nil }
        switch cell.rule.form {
        case .text: return Self.string(text)
        case .alias(let kind): return Self.string(Array(kind.utf8) + [UInt8(ascii: ":")] + text)
        case .time(let format):
            guard let time = format.instant(text, zone: zone) else {
                throw Self.refusal(cell, "expected a time of the format \(format.text)")
            }
            return Self.string(Array(time.description.utf8))
        case .boolean:
            switch String(decoding: text, as: UTF8.self).lowercased() {
            case "true", "yes", "1": return Array("true".utf8)
            case "false", "no", "0": return Array("false".utf8)
            default: throw Self.refusal(cell, "expected true, false, yes, no, 1 or 0")
            }
        case .integer:
            return Array(
                String(
                    try Self.decimal(cell) { () throws(DecimalError) in
                        try Decimal.scaled(text.span, digits: 0)
                    }
                ).utf8)
        case .number: return try number(text, cell)
        case .money(let currency):
            let units = try Self.decimal(cell) { () throws(DecimalError) in
                try Decimal.scaled(text.span, digits: currency.minorDigits, separator: decimalSeparator)
            }
            let money = Money(minorUnits: units, currency: currency)
            return Array("{\"amount\":\"\(money.decimal)\",\"currency\":\"\(currency.code)\"}".utf8)
        }
    }

    /// A number as it is written, but for the decimal separator.
    private func number(_ text: [UInt8], _ cell: Cell) throws(Refusal) -> [UInt8] {
        let written = text.map { $0 == decimalSeparator ? UInt8(ascii: ".") : $0 }
        var tape = JSONTape()
        guard (try? tape.scan(written)) != nil, tape.kind(of: tape.root) == .number else {
            throw Self.refusal(cell, "expected a number")
        }
        return Array(tape.written(tape.root))
    }

    private static func decimal(
        _ cell: Cell, _ read: () throws(DecimalError) -> Int64
    ) throws(Refusal) -> Int64 {
        do { return try read() } catch { throw refusal(cell, "\(error)") }
    }

    private static func string(_ text: [UInt8]) -> [UInt8] {
        var json: [UInt8] = []
        CanonicalJSON.append(string: text, to: &json)
        return json
    }

    private static func refusal(_ cell: Cell, _ reason: String) -> Refusal {
        guard case .column(let name) = cell.rule.origin else { return Refusal(field: cell.field, reason: reason) }
        return Refusal(field: cell.field, reason: "\(reason) (column \"\(name)\")")
    }
}
