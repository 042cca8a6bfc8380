import Projections

extension Answer {
    /// Where the answer stands, as one line below a table.
    func remark(rowCount: Int) -> String {
        var text = "\(rowCount) \(rowCount == 1 ? "row" : "rows") at position \(position), "
        text += "under the policy of position \(policy)"
        if setAside > 0 {
            text += "; \(setAside) \(setAside == 1 ? "customer is" : "customers are") set aside (wayfold status)"
        }
        if isStale { text += "; stale: another version of the view made it (wayfold rebuild)" }
        return text
    }
}
