public import Policies
public import Touchpoints

/// The pure code of one view: how one customer's events become a state, and what that state adds to totals.
///
/// A view is, for each customer, a fold over that customer's events, plus sums of what the folds emit. The runtime
/// gives every projector late events, wake-ups, rebuild, set-aside customers and queries; a projector never reads a
/// clock, a file or another view. A complete one, counting visits:
///
/// ```swift
/// struct Visits: Projector {
///     struct State: ViewState {
///         var visits: Int64 = 0
///         func encode(into writer: inout ByteWriter) { writer.write(visits) }
///         init(from reader: inout ByteReader) throws { visits = try reader.readInt64() }
///         init() {}
///     }
///     static let name = "visits"
///     static let version = 1
///     init(_ active: ActivePolicy) {}
///     func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws {
///         if event.type == .pageViewed { state.visits += 1 }
///     }
///     static let parts: [Part<Visits>] = [
///         Part("customers", columns: [.text("customer"), .integer("visits")]) { view, _, emit in
///             try view.forEachCustomer { customer, state in
///                 try emit([.text(try view.name(of: customer)), .integer(state.visits)])
///             }
///         }
///     ]
/// }
/// ```
///
/// `WayfoldTesting` checks the laws that the runtime relies on: a fold is deterministic, a state survives its
/// encoding, a wake-up lies strictly after the step that asks for it.
public protocol Projector: Sendable {
    /// What the fold keeps of one customer. Integers only: no floating point, nothing whose order depends on hashing.
    associatedtype State: ViewState

    /// The view's name in folders, commands and routes: lower case letters and digits.
    static var name: String { get }
    /// Counts up with every change of meaning or of the state's encoding: an older generation is then stale.
    static var version: Int { get }
    /// Whether states of an older version can be read: then its generation answers, marked stale, until rebuilt. By
    /// default not, and queries fold the log in memory until then.
    static func canRead(version: Int) -> Bool
    /// In which order a customer's events are folded; by default `.occurred`.
    static var order: FoldOrder { get }
    /// Whether states of customers who differ only in old events become equal again; by default true.
    ///
    /// False for folds that carry counters or lists of the whole past: their snapshots are thinned with age.
    static var forgets: Bool { get }
    /// The canonical text of what the view reads of the policy: when it changes, a view in occurred order is rebuilt.
    ///
    /// By default nothing. A view that uses the zone of ``ActivePolicy`` must say `policy.timeZone` here: else a new
    /// policy leaves the states as they are.
    static func reads(_ policy: Policy) -> String
    /// The columns and rows that queries can ask for; the first is the default.
    ///
    /// A part named `customers` or `members` also gives the view's figures on a customer's page (`wayfold customer`).
    /// It should take `.customer(required: false)`: else the page reads all rows, and picks by the column `customer`.
    static var parts: [Part<Self>] { get }

    /// Whether steps call ``Sink/effect(_:_:)``; by default not. The view then has a part `outbox`.
    static var hasEffects: Bool { get }

    /// The projector under one policy. Everything slow (tables, bounds) is worked out here, once.
    init(_ active: ActivePolicy)

    /// One step. A throw sets the customer aside and skips this event; what it emitted is forgotten.
    ///
    /// Events arrive in the order of ``order``; those that no projector folds (rule 21) never arrive.
    func fold(_ state: inout State, _ event: borrowing EventView, _ sink: inout Sink) throws
    /// When this state next wants ``wake(_:due:_:)``, strictly later than the step that made it; a function of the state.
    func nextWake(_ state: State) -> Timestamp?
    /// The wake-up that was due: fired before events at `due`.
    func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws
    /// What a customer in this state adds to the totals for as long as it is in this state.
    ///
    /// The runtime takes it back when the state changes: counts of customers by stage are one line here.
    func standing(_ state: State, _ sink: inout Sink)
    /// A step in recorded order that takes back what an event has booked: `void` is the record that voids it (rule 35).
    ///
    /// By default nothing. Views in occurred order are folded again without the event, and are never asked.
    func reverse(
        _ state: inout State, _ event: borrowing EventView, voidedBy void: borrowing EventView, _ sink: inout Sink)
        throws
    /// An event without a subject: no customer, no state, only totals.
    func unowned(_ event: borrowing EventView, _ sink: inout Sink)

    /// The engine that folds the view. Leave it as it is: through it the runtime is compiled for this very projector.
    static func makeEngine(_ place: EnginePlace) -> ViewEngine
    /// The view as it is asked. Leave it as it is, too.
    static func makeAsking(_ answers: ViewAnswers) -> ViewAsking
}

extension Projector {
    public static var order: FoldOrder { .occurred }
    public static var forgets: Bool { true }
    public static var hasEffects: Bool { false }
    public static func canRead(version: Int) -> Bool { false }
    public static func reads(_ policy: Policy) -> String { "" }
    public static func makeEngine(_ place: EnginePlace) -> ViewEngine { ViewEngine(ViewFolding<Self>(place)) }
    public static func makeAsking(_ answers: ViewAnswers) -> ViewAsking { ViewAsking(Asking<Self>(answers)) }
    public func nextWake(_ state: State) -> Timestamp? { nil }
    public func wake(_ state: inout State, due: Timestamp, _ sink: inout Sink) throws {}
    public func standing(_ state: State, _ sink: inout Sink) {}
    public func unowned(_ event: borrowing EventView, _ sink: inout Sink) {}
    public func reverse(
        _ state: inout State, _ event: borrowing EventView, voidedBy void: borrowing EventView, _ sink: inout Sink
    ) throws {}
}

/// In which order a view folds a customer's events.
public enum FoldOrder: String, Sendable {
    /// By (t, sequence, position), t the earlier of occurred and recorded: late events are folded in their place.
    case occurred
    /// By position: a ledger books what arrives when it arrives, and never folds again.
    case recorded
}

/// A policy with the position at which it came into force and its time zone's table as recorded there.
public struct ActivePolicy: Sendable {
    public var policy: Policy
    public var zone: ZoneTable
    public var position: Position

    public init(policy: Policy, zone: ZoneTable, position: Position) {
        self.policy = policy
        self.zone = zone
        self.position = position
    }
}
