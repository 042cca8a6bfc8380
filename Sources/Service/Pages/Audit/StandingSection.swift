import Wayfold

/// Where everything on a report stands.
enum StandingSection {
    static func html(_ standing: AuditStanding, _ subject: [(name: String, value: HTML)]) -> HTML {
        let policy = standing.policy
        let views = standing.views.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
        var fields = subject
        fields.append(("log", HTML(standing.key?.name ?? "without a key, so without a name")))
        fields.append(("position", HTML("\(standing.position)")))
        fields.append(("clock of the position (UTC)", Shown.time(standing.clock)))
        if let time = standing.asOf { fields.append(("as it was at (UTC)", Shown.time(time))) }
        fields.append(("epoch of the log", HTML("\(standing.epoch)")))
        fields.append(
            ("policy", HTML("activated at position \(policy.position); days are those of \(policy.policy.timeZone)")))
        fields.append(("program", HTML("Wayfold \(ProgramVersion.text); views and their versions: \(views)")))
        fields.append(("last signed checkpoint", HTML(signed(standing))))
        return HTML.list("What this report stands on", fields)
    }

    private static func signed(_ standing: AuditStanding) -> String {
        guard let head = standing.checkpoint?.head else { return "none: nothing here is proved" }
        return "of the first \(head.size) events"
    }
}
