public import Projections
import Wayfold

extension Catalogue {
    /// The views of the program, and three that are made to be hard to keep.
    public static let simulated = Catalogue.standard + [Fragile.self, Pulse.self, Purse.self]
}
