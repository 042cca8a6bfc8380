/// Where questions are answered: those that take a moment on threads of their own, so that they never wait for long ones.
///
/// Short are a customer, a total, and a page of a list that is there; long are lists, events, what was in the past, and
/// pages for people.
struct QueryLanes: Sendable {
    let short: QueryPool
    let long: QueryPool

    /// A third of the time that others get, where there is more to do than cores.
    private static let niceness: CInt = 5

    /// Half of the threads are for each, one at least.
    init(_ limits: ServiceLimits) {
        let count = max(1, limits.queries / 2)
        short = QueryPool(threads: count, waiting: limits.waitingQueries)
        long = QueryPool(
            threads: max(1, limits.queries - count), waiting: limits.waitingQueries, niceness: Self.niceness)
    }

    /// Questions that are answered or wait for it.
    var queryCount: Int { short.queryCount + long.queryCount }
}
