import EventLog
import Policies
import Projections
import Touchpoints
import Wayfold

/// Where policies come from: a file, the log, the default.
enum PolicyText {
    /// The text of the policy in force; the default one where there is no data folder yet.
    static func inForce(_ data: DataOption) throws -> String {
        guard let folder = try data.openIfThere() else { return Policy.defaultText }
        let answers = try ViewAnswers(folder: folder, catalogue: WayfoldProgram.catalogue)
        guard let active = answers.activePolicy else { return Policy.defaultText }
        let log = answers.log
        let event = try log.event(at: active.position)
        return event.data.text("yaml") ?? Policy.defaultText
    }

    /// The policy of a file, or the one in force (`active`), or the one that ships (`default`).
    static func policy(named name: String, _ data: DataOption) throws -> Policy {
        switch name {
        case "active": return try Policy(yaml: inForce(data))
        case "default": return .default
        default: return try policy(ofFile: name, FileText.read(name))
        }
    }

    /// The policy of a file as it would have been activated at a position.
    static func supposed(ofFile file: String, from position: Position = Position(1)) throws -> SupposedPolicy {
        let text = try FileText.read(file)
        _ = try policy(ofFile: file, text)
        return try SupposedPolicy(yaml: text, from: position)
    }

    /// The policy that a file's text holds; throws a `Failure` with all its faults.
    static func policy(ofFile file: String, _ text: String) throws -> Policy {
        do throws(PolicyErrors) {
            return try Policy(yaml: text)
        } catch {
            throw Failure(error.errors.map { line($0, of: file) }.joined(separator: "\n"))
        }
    }

    /// `FILE:LINE:COLUMN: FIELD: what was expected (did you mean WORD?)`.
    static func line(_ fault: PolicyError, of file: String) -> String {
        var text = file + ":"
        if let line = fault.line { text += "\(line):" }
        if let column = fault.column { text += "\(column):" }
        text += " "
        if !fault.path.isEmpty { text += fault.path + ": " }
        text += fault.message
        if let word = fault.suggestion { text += " (did you mean \"\(word)\"?)" }
        return text
    }

    /// The columns of a list of differences.
    static let columns: [Column] = [.text("field"), .text("before"), .text("after")]

    static func row(_ change: PolicyChange) -> Row {
        [.text(change.path), change.before.map(Value.text) ?? .null, change.after.map(Value.text) ?? .null]
    }
}
