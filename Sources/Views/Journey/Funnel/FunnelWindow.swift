import Touchpoints

/// How long after its first step a funnel may take, the end included.
struct FunnelWindow {
    /// nil: as long as it likes.
    var period: Period?
    var zone: ZoneTable

    /// Whether `time`, not before `origin`, lies within the window that begins there.
    func holds(_ time: Timestamp, from origin: Timestamp) -> Bool {
        switch period {
        case nil: true
        case .elapsed(let elapsed): time - origin <= elapsed
        case .days: time < period!.end(after: origin, in: zone)
        }
    }
}
