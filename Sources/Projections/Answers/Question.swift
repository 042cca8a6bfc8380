public import Touchpoints

/// What is asked: a part of a view, with its options as they came.
public struct Question: Sendable {
    public var view: String
    /// nil: the view's first part.
    public var part: String?
    /// `kind:value`, or a bare value, which is looked up under every kind.
    public var customer: String?
    /// How it was then; nil: at the clock of the position. A time behind that clock is refused (rule 12).
    public var asOf: Timestamp?
    /// How it was known at that position (rule 10); nil: at the head.
    public var asKnown: Position?
    /// Only what is different now from what was known at that position; for parts with a key.
    public var changesSince: Position?
    /// Conditions that rows must meet, as ``RowFilter`` reads them.
    public var conditions: [String] = []
    /// The part's own options by name.
    public var options: [String: String] = [:]

    public init(view: String, part: String? = nil) {
        self.view = view
        self.part = part
    }

    /// Whether it asks for how things stand, and nothing of what was.
    var isAboutNow: Bool { asOf == nil && asKnown == nil && changesSince == nil && part != Corrections.name }
}

/// Thrown by whoever takes the rows of an answer and needs no more of them.
public struct EnoughRows: Error, Sendable {
    public init() {}
}

/// Thrown inside of ``OpenViews/readAtOnce(_:)`` where an answer takes more than a moment.
public struct NotAtOnce: Error, Sendable {
    public init() {}
}

/// Where an answer stands.
public struct Answer: Sendable, Equatable {
    /// The position of the log that it holds for: where to go on from with ``Question/changesSince``.
    public let position: Position
    /// The life of the log that it holds for.
    public internal(set) var epoch = 1
    /// The time that was asked for; nil: the clock of the position.
    public let asOf: Timestamp?
    /// The position of the policy that it was given under.
    public let policy: Position
    /// That policy was never activated: what is answered is what would be.
    public internal(set) var isSupposed = false
    /// It comes from a generation that another version of the view has made.
    public let isStale: Bool
    /// Customers that contribute nothing, since their fold fails; of an answer about one customer, only that one.
    public let setAside: Int

    public init(position: Position, asOf: Timestamp? = nil, policy: Position, isStale: Bool, setAside: Int) {
        self.position = position
        self.asOf = asOf
        self.policy = policy
        self.isStale = isStale
        self.setAside = setAside
    }
}

extension Answer {
    init<P: Projector>(_ view: OpenView<P>) {
        let fold = view.fold
        self.init(
            position: fold.checkpoint, asOf: fold.cut,
            policy: fold.schedule.inForce(at: fold.checkpoint).active.position,
            isStale: view.isStale,
            setAside: view.alone.map { $0.slot.isSetAside ? 1 : 0 } ?? fold.setAside.count)
        epoch = fold.log.epoch
    }
}
