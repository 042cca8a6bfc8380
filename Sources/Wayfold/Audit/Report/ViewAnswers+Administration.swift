import EventLog
import Policies
import Projections
import Touchpoints

extension ViewAnswers {
    /// Of longer data the report shows the beginning; the leaf has all.
    private static let shownLengthMax = 400
    private static let shownChangesMax = 40

    /// What an administrative record says, in lines: of a policy what it changes, of all others their data.
    func administrativeText(at position: Position) throws -> [String] {
        if let active = activePolicy(at: position), active.position == position {
            return changes(by: active, at: position)
        }
        let log = log
        let event = try log.event(at: position)
        let clear = ClearPart(bytes: event.clearBytes).json
        let personal = try log.personalEntry(at: position).map { PersonalPart(bytes: $0.span.bytes) }
        let data = String(decoding: personal?.rebuild(clear: clear) ?? clear, as: UTF8.self)
        return [data.count > Self.shownLengthMax ? data.prefix(Self.shownLengthMax) + " …" : data]
    }

    private func changes(by active: ActivePolicy, at position: Position) -> [String] {
        let before = position > Position(1) ? activePolicy(at: Position(position.rawValue - 1)) : nil
        let changes = Policy.diff(before?.policy ?? .default, active.policy)
        let than = before.map { "the policy of position \($0.position)" } ?? "the default policy"
        guard !changes.isEmpty else { return ["the same as \(than)"] }
        var lines = ["other than \(than):"]
        for change in changes.prefix(Self.shownChangesMax) {
            lines.append("\(change.path): \(change.before ?? "nothing") → \(change.after ?? "nothing")")
        }
        let omitted = changes.count - Self.shownChangesMax
        if omitted > 0 { lines.append("and \(omitted) more") }
        return lines
    }
}
