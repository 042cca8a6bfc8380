/// Makes the intake of each request; the room that all share is one.
struct Intakes: Sendable {
    let room: IntakeRoom
    /// What is collected of bodies that are read whole.
    let bodies: IntakeRoom
    let metrics: ServiceMetrics

    func intake(of caller: Caller) -> EventIntake {
        EventIntake(workspace: caller.workspace, actor: caller.actor, room: room, metrics: metrics)
    }
}
