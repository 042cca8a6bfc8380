public import EventLog
import Policies
import Projections
public import Touchpoints

/// What the engine itself records.
extension WriteSession {
    /// Brings a policy into force from the next position on; one that is in force already, with the same table of its
    /// zone, is not recorded again.
    ///
    /// - Parameter actor: who does it.
    /// - Returns: the position of the record by which it is in force.
    /// - Throws: `PolicyErrors` with line and field; ``ZoneUnknown``; nothing is recorded then.
    public func activatePolicy(
        yaml: String, note: String? = nil, actor: String = SystemUser.actor
    ) async throws -> Position {
        let policy = try Policy(yaml: yaml)
        let zone = try ZoneFiles.table(named: policy.timeZone)
        if let known = try LogReader(folder: folder).position(inForceOf: yaml, zone: zone) { return known }
        let events = EngineEvents(keys: folder.hashKeys)
        return try await record(events.policyActivated(yaml: yaml, zone: zone, note: note), actor: actor)
    }

    /// Brings a schema for a type of the user's own into force.
    ///
    /// - Parameter actor: who does it.
    /// - Returns: the position, and the version that the schema has.
    /// - Throws: `SchemaError` naming the keyword that is not understood; nothing is recorded then.
    public func addSchema(
        type: String, text: String, note: String? = nil, actor: String = SystemUser.actor
    ) async throws -> (position: Position, version: Int64) {
        var schemas = try SchemaRegistry(activatedIn: LogReader(folder: folder))
        let version = schemas.nextVersion(of: type)
        try schemas.activate(type: type, version: version, json: text)
        let events = EngineEvents(keys: folder.hashKeys)
        let position = try await record(
            events.schemaActivated(type: type, version: version, schema: text, note: note), actor: actor)
        return (position, version)
    }

    /// Brings the log's clock to a time after it and not later than now; nil: now.
    ///
    /// - Parameter actor: who does it.
    public func tick(to time: Timestamp? = nil, actor: String = SystemUser.actor) async throws -> Position {
        let clock = try LogReader(folder: folder).clock
        if let time {
            guard time > clock else { throw TickError("the log's clock stands at \(clock) already") }
            guard time <= now() else { throw TickError("\(time) lies in the future") }
        }
        return try await record(
            EngineEvents(keys: folder.hashKeys).clockTicked(to: time), isClockOccurred: time != nil, actor: actor)
    }

    /// Records that something was done to the folder or taken out of it: who has made a key, an export.
    ///
    /// - Parameters:
    ///   - type: of the family `admin.*`; any other traps.
    ///   - data: the members of the record's data by name, their values as JSON. It is kept as personal, like all data
    ///     without a schema. No secrets: everybody who may read events reads it.
    ///   - actor: who did it.
    public func recordAdmin(
        _ type: String, data: [(String, String)], actor: String = SystemUser.actor
    ) async throws -> Position {
        try await record(EngineEvents(keys: folder.hashKeys).admin(type, data), actor: actor)
    }

    /// Appends one event of the engine's own. Before the first other record an activation is recorded in 1970.
    private func record(
        _ batch: DraftBatch, isClockOccurred: Bool = false, actor: String
    ) async throws -> Position {
        var settings = AppendSettings()
        settings.actor = actor
        settings.isClockOccurred = isClockOccurred
        settings.isFirst = batch.drafts[0].type == .policyActivated || batch.drafts[0].type == .schemaActivated
        switch try await append(batch, settings).first {
        // A duplicate: the owner before ended between storing it and saying so, and it was sent again.
        case .stored(let position), .duplicate(let position): return position
        case .refused(let refusal): throw refusal
        case .conflict, .outdated, .withheld, nil:
            preconditionFailure("an event with a random id that expects nothing has another content in the log")
        }
    }
}

extension LogReader {
    /// The position of the policy in force, if it has this text and its zone this table; else nil.
    public func position(inForceOf yaml: String, zone: ZoneTable) throws(LogError) -> Position? {
        guard let last = activations.last(where: { $0.type == .policyActivated })?.position else { return nil }
        let data = try event(at: last).data
        return data.text("yaml") == yaml && data.text("zone") == zone.encoded ? last : nil
    }
}

/// A tick that would bring the clock back or ahead of now.
public struct TickError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
