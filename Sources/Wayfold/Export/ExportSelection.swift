import Projections

/// What of its parts an export holds: as a query of each would have it.
public struct ExportSelection: Sendable, Equatable {
    /// Only this customer, of parts that can be asked so.
    public var customer: String?
    /// Conditions that all rows must meet, as ``RowFilter`` reads them.
    public var conditions: [String]
    /// The parts' own options by name.
    public var options: [String: String]

    public init(customer: String? = nil, conditions: [String] = [], options: [String: String] = [:]) {
        self.customer = customer
        self.conditions = conditions
        self.options = options
    }

    /// The names of what is given, which a part must take.
    var names: Set<String> { Set(options.keys).union(customer == nil ? [] : ["customer"]) }

    /// What a part is asked.
    func question(about part: PartDescription) -> Question {
        var question = Question(view: part.view, part: part.name)
        question.customer = customer
        question.conditions = conditions
        question.options = options
        return question
    }
}
