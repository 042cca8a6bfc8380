import Touchpoints

/// How the columns of a CSV file become events; read from a mapping file (see ``init(yaml:)``).
///
/// ```yaml
/// delimiter: ","                # , ; tab or whitespace
/// header: true                  # false: `columns` names them by position
/// timeZone: Europe/Berlin       # of times without an offset; else that of the policy
/// decimalSeparator: "."
/// attributes:
///   source:  { constant: "urn:shop" }
///   type:    { column: event, values: { purchase: order.paid }, prefix: "shop." }
///   subject: { column: user_id, kind: customer }
///   time:    { column: at, format: "yyyy-MM-dd HH:mm:ss" }
///   sessionid: session          # short for { column: session }
/// data:
///   total:   { column: dollars, kind: money, currency: USD }
///   basket.items: { column: n, kind: integer }
/// ```
///
/// A column that nothing names is dropped, an empty cell is absent. Without a rule for `id` the id is the hash of the row
/// plus its ordinal among equal rows of its source.
public struct CSVMapping: Sendable, Equatable {
    var separator = CSVScanner.Separator.byte(UInt8(ascii: ","))
    var hasHeader = true
    /// The names of the columns by position; nil where the header gives them.
    var columns: [String]?
    /// The IANA name of the zone of times without an offset, where the file names one.
    public internal(set) var timeZone: String?
    var decimalSeparator = UInt8(ascii: ".")
    /// By attribute name, in the order of the file.
    var attributes: [Rule] = []
    /// By dotted path into `data`.
    var data: [Rule] = []

    /// Where one attribute or property comes from.
    struct Rule: Sendable, Equatable {
        /// `source`, `subject`, `total.net` ...
        var target: String
        var origin: Origin
        var form: Form
        /// Cells to be replaced; a cell that is not listed stays as it is, behind ``prefix``.
        var values: [String: String] = [:]
        /// Put before a cell that ``values`` did not replace.
        var prefix = ""
        /// Where the rule stands in the mapping file.
        var line: Int
    }

    enum Origin: Sendable, Equatable {
        case column(String)
        case constant(String)
    }

    /// What a cell holds.
    enum Form: Sendable, Equatable {
        case text, integer, number, boolean
        case money(Currency)
        case time(TimeFormat)
        /// A bare value that gets this kind.
        case alias(kind: String)
    }
}

/// What is wrong with a mapping file.
public struct MappingError: Error, Sendable, Equatable {
    /// The line in the mapping file, nil where something is missing.
    public var line: Int?
    /// The field as a dotted path (`data.total.kind`).
    public var field: String
    public var reason: String
    /// The nearest word that would have been right.
    public var nearest: String?
}

extension MappingError: CustomStringConvertible {
    public var description: String {
        let place = line.map { "line \($0): " } ?? ""
        let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
        return place + (field.isEmpty ? "" : field + ": ") + reason + hint
    }
}
