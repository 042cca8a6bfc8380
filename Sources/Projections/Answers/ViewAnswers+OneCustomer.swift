import EventLog
import Touchpoints

extension ViewAnswers {
    /// A view of one customer alone. O(events of the customer, and decisions up to the position).
    func oneCustomer<P: Projector>(
        _: P.Type, _ customer: CustomerNumber, at standpoint: Standpoint
    ) throws -> OpenView<P> {
        let policies = policies(of: P.self, at: standpoint.position)
        var about = GenerationAbout(
            version: P.version, policyPosition: policies[policies.count - 1].position, policyText: "")
        about.checkpoint = standpoint.position
        about.clock = try standpoint.time ?? log.recordedTime(at: standpoint.position)
        about.traps = try traps(of: P.self)
        let fold = try ViewFold(
            log: log, schedule: PolicySchedule<P>(policies), store: nil, about: about, marker: nil,
            cut: standpoint.time,
            knownAt: standpoint.position, first: standpoint.first)
        let (slot, failure) = try fold.folded(customer)
        fold.setAside[customer] = failure
        return OpenView(fold: fold, alone: (customer, slot))
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
            return try oneCustomer(projector, customer, at: standpoint).fold.setAside[customer]
        }
        return try find(catalogue.projector(named: question.view))
    }
}

extension ViewFold {
    /// One customer, all its events up to the checkpoint folded from the start, and why it is set aside, if it is. The view
    /// is left as it is. O(events of the customer).
    func folded(_ customer: CustomerNumber) throws -> (slot: Slot<P.State>, failure: SetAside?) {
        if P.order == .recorded { return try foldedLedger(of: customer) }
        let history = try history(of: customer, through: checkpoint)
        let end = try CustomerRun(self, customer).fold(history, wakeUpsBy: clock) { $0.discard() }
        return (
            Slot(end.key, end.state, isQuiet: end.isQuiet, poisoned: end.failureCount),
            end.failure.map { SetAside(customer: customer, position: $0.position, reason: $0.reason) }
        )
    }

    /// A ledger takes the steps of all strands that were ever connected with the customer's.
    private func foldedLedger(of customer: CustomerNumber) throws -> (slot: Slot<P.State>, failure: SetAside?) {
        var run = PoolRun(self, with: StrandNumber(rawValue: customer.rawValue))
        try run.fold(through: checkpoint, wakeUpsBy: clock)
        let failures = run.failures(of: identity.strands(of: customer))
        let pool = run.pools[customer] ?? .init()
        return (
            Slot(pool.key, pool.state, isQuiet: pool.isQuiet, poisoned: failures.count),
            failures.first.map { SetAside(customer: customer, position: $0.position, reason: $0.reason) }
        )
    }
}

extension Slot {
    /// Of a customer whose events were all folded in one go.
    fileprivate init(_ key: FoldKey, _ state: State, isQuiet: Bool, poisoned count: Int) {
        self.key = key
        self.state = state
        self.isQuiet = isQuiet
        poisoned = UInt32(count)
    }
}
