import Touchpoints

/// A step that breaks the runtime's rules, or that ended the process when it was tried.
enum PoisonError: Error, CustomStringConvertible {
    case wakeNotLater(asked: Timestamp, step: Timestamp)
    case trapped

    var description: String {
        switch self {
        case .wakeNotLater(let asked, let step):
            "the fold asked to be woken at \(asked), not later than its step at \(step)"
        case .trapped: "the fold ended the process (a Swift trap)"
        }
    }
}

/// Why a customer contributes nothing to a view for now.
public struct SetAside: Sendable, Equatable {
    public let customer: CustomerNumber
    /// The first event (or the event before the failing wake-up) that the fold could not take.
    public let position: Position
    public let reason: String
}

/// Steps that once ended the process; they are skipped like steps that throw (rule 34).
struct TrapList: Equatable, Sendable {
    struct Wake: Hashable, Sendable {
        var customer: CustomerNumber
        var due: Timestamp
    }
    var events: Set<Position> = []
    var wakes: Set<Wake> = []

    var isEmpty: Bool { events.isEmpty && wakes.isEmpty }

    func contains(_ other: TrapList) -> Bool {
        events.isSuperset(of: other.events) && wakes.isSuperset(of: other.wakes)
    }
}
