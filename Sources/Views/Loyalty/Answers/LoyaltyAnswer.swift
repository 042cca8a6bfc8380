import Policies
import Projections
import Touchpoints

/// One customer's ledger as an answer shows it: settled, and its identity checked.
struct LoyaltyAnswer {
    let pool: Pool
    let figures: Figures

    /// - Throws: ``LedgerError/doesNotFoot(customer:)`` where the identity of rule 28 does not hold.
    init(_ state: Pool, of customer: @autoclosure () throws -> String) throws {
        pool = try state.settled()
        figures = try Figures(of: pool)
        guard figures.foots else { throw LedgerError.doesNotFoot(customer: try customer()) }
    }

    /// The points of the balance that expire by an instant.
    func expiring(by instant: Timestamp) -> Int64 {
        pool.lots.lazy.prefix { $0.expires <= instant }.reduce(0) { $0 + $1.points }
    }
}

extension ViewReader where P == Loyalty {
    /// The ledger of each member that the query asks for, in the order of their numbers.
    ///
    /// Customers who were merged and whose figures together exceed 64 bits are left out: their next step sets them aside.
    func forEachMember(_ query: Query, _ body: (CustomerNumber, LoyaltyAnswer) throws -> Void) throws {
        try forEachCustomer(of: query) { customer, state in
            guard state.isMember else { return }
            let answer: LoyaltyAnswer
            do { answer = try LoyaltyAnswer(state, of: try name(of: customer)) } catch LedgerError.overflow { return }
            try body(customer, answer)
        }
    }

    /// The day of the clock, in the policy's zone.
    var today: CivilDay { zone.day(of: clock) }
}
