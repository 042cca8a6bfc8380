/// Makes the intake of each request; the room that all share is one.
struct Intakes: Sendable {
    let room: IntakeRoom
    /// What is held of bodies while they come.
    let bodies: IntakeRoom
    /// The same of those who do not say in a header who they are: they take no room from others.
    let strangers: IntakeRoom
    let metrics: ServiceMetrics
    /// Where trials read the log.
    let pool: QueryPool

    /// - Parameter isTrial: nothing is to be stored.
    func intake(of caller: Caller, isTrial: Bool = false) async throws -> EventIntake {
        var intake = EventIntake(workspace: caller.workspace, actor: caller.actor, room: room, metrics: metrics)
        if isTrial { intake.trial = Trial(try await caller.workspace.rules, pool: pool, turn: caller.turn) }
        return intake
    }
}
