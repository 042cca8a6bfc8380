public import Touchpoints

/// What a caller asks of a part, checked against the part's options before the part sees it.
public struct Query: Sendable {
    /// The customer of `--customer`, found under any of its aliases.
    public var customer: CustomerNumber?
    /// The reference of the answer: `--as-of`, else the clock.
    public var reference: Timestamp
    var options: [String: String]

    init(customer: CustomerNumber? = nil, reference: Timestamp, options: [String: String] = [:]) {
        self.customer = customer
        self.reference = reference
        self.options = options
    }

    /// The value of a `.choice` or `.text` option; of a choice always one of its words, of a text nil when absent.
    public subscript(_ option: String) -> String? { options[option] }
}

/// A question that cannot be answered as it was asked: wrong usage, status 2 on the command line, 400 over HTTP.
public struct QueryError: Error, Sendable, Equatable, CustomStringConvertible {
    public var description: String
    /// It is about a view, a part or a customer that there is not: 404 over HTTP.
    public var isAboutUnknown: Bool
    /// The parameter that is wrong, by the name that commands and routes give it; nil where it is none alone.
    public var parameter: String?

    public init(_ description: String, parameter: String? = nil, isAboutUnknown: Bool = false) {
        self.description = description
        self.parameter = parameter
        self.isAboutUnknown = isAboutUnknown
    }
}
