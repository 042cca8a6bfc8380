public import Wayfold

/// The rivals' job as ordinary views: RFM, directly-follows counts, points and the stage of the last event.
public enum RivalsJob {
    public static let catalogue = Catalogue([Recency.self, Edges.self, Points.self, Stages.self])
}

/// The number in a customer's alias, such as 42 of `member:00000042`.
func member<P>(_ customer: CustomerNumber, of view: ViewReader<P>) throws -> Int64 {
    let alias = try view.alias(of: customer)
    return Int64(alias.dropFirst("member:".count)) ?? -1
}
