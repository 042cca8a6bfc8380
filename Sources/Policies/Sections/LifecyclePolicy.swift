/// The stages that a customer goes through.
public struct LifecyclePolicy: Equatable, Sendable {
    /// The length of the two windows that `spendChangePercent` compares.
    public var spendWindowDays: Int
    /// The first stage that fits is the customer's; the last has no conditions, so one always does.
    public var stages: [Stage]

    public struct Stage: Equatable, Sendable {
        public var name: String
        /// The stage fits where all conditions of one of these hold; where there is none, it always fits.
        public var alternatives: [StageConditions]
    }

    /// The index of a stage. O(stages).
    public func index(ofStage name: String) -> Int? { stages.firstIndex { $0.name == name } }
}

/// Conditions that must all hold; nil is no condition.
///
/// A condition on something that the customer does not have (days since an order, without an order) does not hold.
/// Days are civil days of the policy's zone, the date now less the date then.
public struct StageConditions: Equatable, Sendable {
    /// Kept orders, as in the view rfm.
    public var orders: Bounds?
    public var daysSinceFirstOrder: Bounds?
    public var daysSinceLastOrder: Bounds?
    public var daysSinceLastTouchpoint: Bounds?
    /// Days since the last order over the customer's own mean interval between purchase days, in hundredths.
    public var hundredthIntervalsSinceLastOrder: Bounds?
    /// Spend of the last `spendWindowDays` against as many days before, in percent: -100 is nothing more, 0 the same.
    public var spendChangePercent: Bounds?
    public var openComplaints: Bounds?
    /// The latest satisfaction score, normalised to 0...100, is less than this.
    public var satisfactionBelow: Int?
    /// The latest satisfaction score, normalised to 0...100, is greater than this.
    public var satisfactionAbove: Int?
    /// Days that the customer has been in this stage; 0 on coming in.
    public var daysInStage: Bounds?
    /// The customer came to this stage, or would come now, from one of these.
    public var previousStages: [String]?
}

/// A whole number's least and greatest value, both included; nil is unbounded.
public struct Bounds: Equatable, Hashable, Sendable, BitwiseCopyable {
    public var min: Int?
    public var max: Int?

    public init(min: Int? = nil, max: Int? = nil) {
        self.min = min
        self.max = max
    }

    @inlinable public func contains(_ value: Int) -> Bool { value >= (min ?? .min) && value <= (max ?? .max) }
}
