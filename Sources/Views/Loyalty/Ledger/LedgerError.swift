/// Why a step cannot be booked, or a ledger cannot be shown.
public enum LedgerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A figure does not fit into 64 bits.
    case overflow(String)
    case missing(String)
    case negative(String)
    /// The identity of the ledger does not hold: a mistake of the program, never shown as a figure.
    case doesNotFoot(customer: String)

    public var description: String {
        switch self {
        case .overflow(let what): "\(what) does not fit into 64 bits"
        case .missing(let what): "\(what) is missing"
        case .negative(let what): "\(what) is negative"
        case .doesNotFoot(let customer):
            "the ledger of \(customer) does not foot: what was booked differs from balance, pending and owed"
        }
    }
}
