import Touchpoints

/// What a generation of a view is and how far it has come: one value, written with every transaction.
struct GenerationAbout: Equatable, Sendable {
    /// The projector's version that made it.
    var version: Int
    /// The position of the policy that it folds under (a view in recorded order: the newest that it has reached).
    var policyPosition: Position
    /// The canonical text of what the projector reads of that policy.
    var policyText: String
    /// The position up to which it has folded, and the log's clock there.
    var checkpoint: Position
    var clock: Timestamp
    /// Steps that ended a process.
    var traps: TrapList
    /// What is still to be done before the view stands at its checkpoint, and the time by which all wake-ups have fired.
    var remaining = RemainingWork.nothing
    var wokenThrough = Timestamp.epoch
    /// For what the generations before have reached no effect fires.
    var silence = Outbox.Silence()
    /// Pages lie in the files that stand at a position behind the checkpoint: nothing there can be gone on from.
    var isAhead = false

    func encode(into writer: inout ByteWriter) {
        writer.write(version)
        writer.write(policyPosition.rawValue)
        writer.write(Array(policyText.utf8))
        writer.write(checkpoint.rawValue)
        writer.write(clock)
        writer.write(traps.events.sorted()) { $0.write($1.rawValue) }
        writer.write(traps.wakes.sorted { ($0.customer, $0.due) < ($1.customer, $1.due) }) { writer, wake in
            writer.write(wake.customer.rawValue)
            writer.write(wake.due)
        }
        writer.write(UInt16(remaining.rawValue))
        writer.write(wokenThrough)
        writer.write(silence.through.rawValue)
        writer.write(silence.by)
        writer.write(isAhead)
    }

    init(from reader: inout ByteReader) throws {
        version = try reader.readInt()
        policyPosition = Position(try reader.readUInt64())
        policyText = String(decoding: try reader.readBytes(), as: UTF8.self)
        checkpoint = Position(try reader.readUInt64())
        clock = try reader.readTimestamp()
        traps = TrapList()
        for _ in 0..<(try reader.readCount()) { traps.events.insert(Position(try reader.readUInt64())) }
        for _ in 0..<(try reader.readCount()) {
            let customer = CustomerNumber(rawValue: try reader.readUInt32())
            traps.wakes.insert(.init(customer: customer, due: try reader.readTimestamp()))
        }
        guard let work = RemainingWork(rawValue: UInt8(truncatingIfNeeded: try reader.readUInt16())) else {
            throw StateError("a generation that has something unknown to do")
        }
        remaining = work
        wokenThrough = try reader.readTimestamp()
        silence = .init(through: Position(try reader.readUInt64()), by: try reader.readTimestamp())
        isAhead = try reader.readBool()
    }

    init(version: Int, policyPosition: Position, policyText: String) {
        self.version = version
        self.policyPosition = policyPosition
        self.policyText = policyText
        checkpoint = .start
        clock = .epoch
        traps = TrapList()
    }
}

extension GenerationAbout {
    /// Whether the program can answer from the generation: it is of its own version, or of one that it can read, whole.
    func canBeAnsweredFrom<P: Projector>(by _: P.Type) -> Bool {
        version == P.version || (P.canRead(version: version) && remaining == .nothing)
    }

    /// Reads what a generation is without opening it for more; nil when it was never written or is damaged.
    static func peek(_ path: String) throws -> GenerationAbout? {
        guard FileTools.exists(path + "/data.mdb") else { return nil }
        return try ViewDamage.orNil {
            let store = try ViewStore(path: path, readsOnly: true)
            defer { store.close() }
            return try store.loadAbout()
        }
    }
}
