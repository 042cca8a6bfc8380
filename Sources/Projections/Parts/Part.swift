/// One table that a view answers with: its columns, the options it takes, and how its rows are made.
public struct Part<P: Projector>: Sendable {
    /// Emits the rows, each in the order of the columns; throws ``QueryError`` on options that make no sense.
    public typealias Rows =
        @Sendable (_ view: ViewReader<P>, _ query: Query, _ emit: (Row) throws -> Void) throws -> Void

    /// Reads everybody, and returns how the rows of one customer are made: from a view that holds no other.
    public typealias Ranked = @Sendable (_ view: ViewReader<P>, _ query: Query) throws -> Rows

    public let name: String
    public let columns: [Column]
    /// The columns by which a row is the same row in another answer; none: the part has one row. Nil: its rows have no
    /// identity, so that nobody can ask what changed.
    public let key: [String]?
    /// What the rows of one customer are made from.
    public let reach: PartReach
    /// The options that this part takes beside those that every part takes (where, limit, format).
    public let options: [PartOption]
    public let rows: Rows
    /// For a part that ranks customers: works out all others once, and gives the rows of one customer in any state.
    let ranked: Ranked?
    /// By column the paths of the policy's values that answers go by, beside those of the rules of folds.
    let policyPaths: [String: [String]]
    /// Whether there are options beside the customer.
    let takesOptions: Bool
    let takesCustomer: Bool
    let needsCustomer: Bool

    /// - Parameters:
    ///   - goingBy: by column the paths of the policy (`loyalty.tiers`) that its values go by, beside the rules of folds.
    ///   - ranked: for the part `customers` of a view whose rows need everybody, so that they can be explained step by step.
    public init(
        _ name: String, columns: [Column], key: [String]? = nil, options: [PartOption] = [],
        reach: PartReach = .everyone, goingBy policyPaths: [String: [String]] = [:], ranked: Ranked? = nil,
        rows: @escaping Rows
    ) {
        let names = columns.map(\.name)
        precondition(policyPaths.keys.allSatisfy(names.contains), "a policy of \(name) is about no column of it")
        precondition(key?.allSatisfy(names.contains) ?? true, "a key of \(name) is no column of it")
        self.name = name
        self.columns = columns
        self.key = key
        self.options = options
        self.reach = reach
        self.policyPaths = policyPaths
        self.ranked = ranked
        self.rows = rows
        needsCustomer = options.contains(.customer(required: true))
        takesCustomer = needsCustomer || options.contains(.customer(required: false))
        takesOptions = options.contains { $0.name != "customer" }
    }
}

/// What a part needs for the rows of one customer, where `--customer` names one.
public enum PartReach: Sendable {
    /// The states of others, or totals: scores by rank, shares of a whole.
    case everyone
    /// Only that customer's own state, events and steps: a past answer then folds nobody else's.
    case customer
}

/// An option of a part, by the name that commands and routes use.
public enum PartOption: Sendable, Hashable {
    /// `--customer ALIAS`: only that customer; `required` where the part is about one customer.
    case customer(required: Bool)
    /// `--by customer|session`: one of these words, the first is the default.
    case choice(String, of: [String])
    /// `--steps a,b,c`: a text that the part reads itself.
    case text(String, required: Bool)

    /// The option's name, without dashes.
    public var name: String {
        switch self {
        case .customer: "customer"
        case .choice(let name, _), .text(let name, _): name
        }
    }
}
