public import EventLog
import Policies
import Touchpoints

extension LogWriter {
    /// Puts the default policy in force, as the first record of every log; does nothing where a log has one already.
    ///
    /// A ``WriteSession`` does that by itself. Who appends through a writer of its own does it before anything else.
    ///
    /// - Parameter folder: the writer's own.
    public func activateDefaultPolicy(in folder: DataFolder) async throws {
        guard isEmpty else { return }
        let events = EngineEvents(keys: folder.hashKeys)
        let batch = try events.policyActivated(yaml: Policy.defaultText, zone: .utc, note: "default policy")
        var settings = AppendSettings()
        settings.isFirst = true
        _ = try await append(batch, settings.options(WritingRules(.default, zone: .utc)))
    }
}
