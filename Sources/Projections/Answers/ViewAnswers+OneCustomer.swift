import EventLog
import Touchpoints

extension ViewAnswers {
    /// A view of one customer alone. O(events of the customer, and decisions up to the position).
    func oneCustomer<P: Projector>(
        _: P.Type, _ customer: CustomerNumber, at standpoint: Standpoint
    ) throws -> ViewFold<P> {
        let policies = policies(of: P.self, at: standpoint.position)
        var about = GenerationAbout(
            version: P.version, policyPosition: policies[policies.count - 1].position, policyText: "")
        about.checkpoint = standpoint.position
        about.clock = try standpoint.time ?? log.recordedTime(at: standpoint.position)
        about.traps = try traps(of: P.self)
        let fold = try ViewFold(
            log: log, schedule: PolicySchedule<P>(policies), store: nil, about: about, marker: nil,
            cut: standpoint.time,
            knownAt: standpoint.position)
        try fold.take(customer)
        return fold
    }

    /// Why a view has set the customer of a question aside; nil where it has not, or never was folded. What else the
    /// question says but its times is not looked at.
    public func setAside(_ question: Question) throws -> SetAside? {
        func find<P: Projector>(_ projector: P.Type) throws -> SetAside? {
            guard let name = question.customer else { return nil }
            guard let standpoint = try standpoint(of: question) else {
                let customer = try customer(named: name)
                return try status(of: P.name)?.setAside.first { $0.customer == customer }
            }
            let customer = try customer(named: name, at: standpoint.position)
            return try oneCustomer(projector, customer, at: standpoint).setAside[customer]
        }
        return try find(catalogue.projector(named: question.view))
    }
}

extension ViewFold {
    /// Folds all events of one customer up to the checkpoint into an empty view. Totals are left as they are.
    fileprivate func take(_ customer: CustomerNumber) throws {
        if P.order == .recorded { return try takeLedger(of: customer) }
        let history = try history(of: customer, through: checkpoint)
        let end = try CustomerRun(self, customer).fold(history, wakeUpsBy: clock) { $0.discard() }
        let (page, index) = try table.page(of: customer)
        page.slots[index].key = end.key
        page.slots[index].state = end.state
        page.slots[index].poisoned = UInt32(end.failureCount)
        page.slots[index].isQuiet = end.isQuiet
        if let failure = end.failure {
            setAside[customer] = SetAside(customer: customer, position: failure.position, reason: failure.reason)
        }
    }

    /// A ledger takes the steps of all strands that were ever connected with the customer's.
    private func takeLedger(of customer: CustomerNumber) throws {
        var run = PoolRun(self, with: StrandNumber(rawValue: customer.rawValue))
        try run.fold(through: checkpoint, wakeUpsBy: clock)
        let failures = run.failures(of: identity.strands(of: customer))
        let pool = run.pools[customer] ?? .init()
        let (page, index) = try table.page(of: customer)
        page.slots[index].key = pool.key
        page.slots[index].state = pool.state
        page.slots[index].poisoned = UInt32(failures.count)
        page.slots[index].isQuiet = pool.isQuiet
        note(failures, of: customer)
    }
}
