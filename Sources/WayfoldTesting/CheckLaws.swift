import EventLog
import Policies
@_exported public import Projections
@_exported public import Simulation
@_exported public import Touchpoints

/// Checks the laws that the runtime relies on, with events of the projector's trade; empty when it keeps them.
///
/// ```swift
/// @Test func `visits keep the laws`() async throws {
///     let events = try (1...20).map { try SketchedEvent(.pageViewed, at: "2024-03-\(9 + $0)T10:00:00Z") }
///     #expect(try await checkLaws(of: Visits.self, events: events) == [])
/// }
/// ```
///
/// For each seed the events are recorded in another order, some of them weeks late, and folded in random batches by the
/// whole runtime in a folder of its own. Give events of several customers (`strand`), and gaps that let wake-ups fire.
///
/// O(events² + seeds x batches x events) steps.
///
/// - Parameters:
///   - events: ones that the projector takes: a step that throws is a violation.
///   - policy: the text of the policy to fold under.
/// - Throws: ``PolicyErrors`` for a policy that cannot be read, and errors of files.
public func checkLaws<P: Projector>(
    of projector: P.Type, events: [SketchedEvent], seeds: ClosedRange<Int> = 1...10, policy: String = "timeZone: UTC"
) async throws -> [LawViolation] {
    let active = ActivePolicy(policy: try Policy(yaml: policy), zone: .utc, position: Position(1))
    var violations = try StepLaws<P>(active: active).check(events)
    for seed in seeds {
        violations += try await RuntimeLaw<P>(policy: policy).check(events, seed: seed)
    }
    return violations
}
