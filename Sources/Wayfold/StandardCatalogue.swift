@_exported public import EventLog
@_exported public import Policies
@_exported public import Projections
@_exported public import Touchpoints
import Views

extension Catalogue {
    /// The views that ship. A view of your own: one folder in `Views`, and its line here.
    public static let standard = Catalogue([Journey.self, Lifecycle.self, RFM.self, Loyalty.self])
}
